package org.hippocamel.spaces;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** What the store needs for a space: collections, indexes, and the row that says it is active. */
public final class SpaceSetup {
  /** Name of the collection of memories. */
  public static final String MEMORIES = "memories";

  /** STALE: complete, but the server has stopped to follow new writes for a while. */
  private static final Set<String> SERVING = Set.of("READY", "STALE");

  private final SearchIndexDefinitions indexes;
  private final ActiveSpace active;
  private final Duration indexWait;
  private final Clock clock;

  public SpaceSetup(
      SearchIndexDefinitions indexes, ActiveSpace active, Duration indexWait, Clock clock) {
    this.indexes = indexes;
    this.active = active;
    this.indexWait = indexWait;
    this.clock = clock;
  }

  /** Commands that create collections and their lookup indexes; harmless when they exist. */
  public List<Document> collections() {
    return List.of(
        createIndexes(
            MEMORIES,
            index("hash_1_tenant_1", new Document("hash", 1).append("tenant", 1)),
            index("source.id_1", new Document("source.id", 1)),
            index("tenant_1_keys_1", new Document("tenant", 1).append("keys", 1)),
            index("expires_at_1", new Document("expires_at", 1)).append("expireAfterSeconds", 0),
            index("case.merged_into_1", new Document("case.merged_into", 1)),
            index("case.tools_1", new Document("case.tools", 1))),
        createIndexes("sources", index("tenant_1", new Document("tenant", 1))),
        createIndexes(
            "case_log",
            index("case_1_at_1", new Document("case", 1).append("at", 1)),
            index("run_id_1", new Document("run_id", 1)),
            index("logged_at_1", new Document("logged_at", 1))),
        createIndexes(
            "case_shown",
            index("run_id_1", new Document("run_id", 1)),
            index("shown.case_1_at_1", new Document("shown.case", 1).append("at", 1)),
            index("tenant_1_group_1", new Document("tenant", 1).append("group", 1)),
            index("expires_at_1", new Document("expires_at", 1)).append("expireAfterSeconds", 0)),
        createIndexes(
            "shadow_log",
            index("at_-1", new Document("at", -1)),
            index("expires_at_1", new Document("expires_at", 1)).append("expireAfterSeconds", 0)),
        createIndexes(
            "jobs",
            index("tenant_1_created_at_-1", new Document("tenant", 1).append("created_at", -1)),
            index("kind_1_state_1", new Document("kind", 1).append("state", 1)),
            index("expires_at_1", new Document("expires_at", 1)).append("expireAfterSeconds", 0)),
        createIndexes(
            "reembed_slices", index("job_1_state_1", new Document("job", 1).append("state", 1))),
        createIndexes(
            "evaluations",
            index("expires_at_1", new Document("expires_at", 1)).append("expireAfterSeconds", 0)));
  }

  private static Document createIndexes(String collection, Document... definitions) {
    return new Document("createIndexes", collection).append("indexes", List.of(definitions));
  }

  private static Document index(String name, Document key) {
    return new Document("key", key).append("name", name);
  }

  /** Pipeline: the search indexes that are there. */
  public List<Bson> indexesPipeline() {
    return List.of(new Document("$listSearchIndexes", new Document()));
  }

  /** Commands that bring the search indexes to what this space and the settings need. */
  public List<Document> indexCommands(Space space, List<Document> present) {
    List<Document> commands = new ArrayList<>();
    for (Document wanted : indexes.all(space)) {
      Document there = named(present, wanted.getString("name"));
      if (there == null) {
        commands.add(
            new Document("createSearchIndexes", MEMORIES).append("indexes", List.of(wanted)));
      } else if (!contains(there.get("latestDefinition"), wanted.get("definition"))) {
        commands.add(
            new Document("updateSearchIndex", MEMORIES)
                .append("name", wanted.getString("name"))
                .append("definition", wanted.get("definition")));
      }
    }
    return commands;
  }

  /**
   * Whether a search would not yet find everything.
   *
   * @param waited milliseconds since start-up began to look
   * @throws Problem UNAVAILABLE when that is too long
   */
  public boolean building(Space space, List<Document> present, long waited) {
    List<String> building =
        indexes.all(space).stream()
            .filter(wanted -> !serving(named(present, wanted.getString("name")), wanted))
            .map(wanted -> wanted.getString("name"))
            .toList();
    if (!building.isEmpty() && waited > indexWait.toMillis()) {
      throw new Problem(
          ProblemKind.UNAVAILABLE,
          "the search indexes "
              + building
              + " cannot be queried after "
              + indexWait.toMillis()
              + " ms (mongo.index-wait-millis)");
    }
    return !building.isEmpty();
  }

  /**
   * After a change of its definition Atlas serves the old one until the new one is READY.
   *
   * @throws Problem STORE_FAILED when the index never will be
   */
  private static boolean serving(Document index, Document wanted) {
    String status = index == null ? null : index.getString("status");
    if ("FAILED".equals(status)) {
      throw new Problem(
          ProblemKind.STORE_FAILED,
          "the search index "
              + index.getString("name")
              + " could not be built: "
              + index.get("statusDetail"));
    }
    return SERVING.contains(String.valueOf(status))
        && Boolean.TRUE.equals(index.getBoolean("queryable"))
        && contains(index.get("latestDefinition"), wanted.get("definition"));
  }

  private static Document named(List<Document> present, String name) {
    return present.stream()
        .filter(row -> name.equals(row.getString("name")))
        .findFirst()
        .orElse(null);
  }

  /** The server may add its defaults to a definition; what was asked must be in it. */
  private static boolean contains(Object there, Object wanted) {
    if (wanted instanceof Map<?, ?> fields) {
      return there instanceof Map<?, ?> map
          && fields.entrySet().stream()
              .allMatch(field -> contains(map.get(field.getKey()), field.getValue()));
    }
    if (wanted instanceof List<?> items) {
      return there instanceof List<?> list
          && items.stream().allMatch(item -> list.stream().anyMatch(one -> contains(one, item)));
    }
    if (Boolean.FALSE.equals(wanted) && there == null) {
      return true; // its own default, left out
    }
    if (SearchIndexDefinitions.NOT_QUANTISED.equals(wanted) && there == null) {
      return true; // the same
    }
    return wanted instanceof Number number
        ? there instanceof Number other && number.doubleValue() == other.doubleValue()
        : wanted.equals(there);
  }

  /** Update that records a space as it is served; its state only where it is new. */
  public List<Document> record(Space space, SpaceState state) {
    Document stored = space.toDocument();
    stored.remove("_id");
    return List.of(
        new Document("_id", space.id()),
        new Document("$set", stored)
            .append(
                "$setOnInsert",
                new Document("state", state.word())
                    .append("created_at", Date.from(clock.instant()))));
  }

  /** Longest wait for an index. */
  public Duration indexWait() {
    return indexWait;
  }

  /** Updates that record a space at start, and make it the active one where none was. */
  public List<List<Document>> records(Space space) {
    return List.of(record(space, SpaceState.READY), first(space));
  }

  /** Update that makes a space the active one where none was. */
  private List<Document> first(Space space) {
    return List.of(
        new Document("_id", SpaceList.ACTIVE),
        new Document(
            "$setOnInsert",
            new Document("space", space.id())
                .append("previous", null)
                .append("epoch", 1L)
                .append("at", Date.from(clock.instant()))));
  }

  /**
   * From now on memories are written to and searched in this space, by no other model.
   *
   * @throws Problem CONFLICT when another process has begun with another model at the same moment
   */
  public Space open(Space space, SpaceList stored) {
    if (!space.id().equals(stored.active())) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "another process has made "
              + stored.active()
              + " the active space meanwhile, this one would make "
              + space.id()
              + "; start again with the same TEI_URL");
    }
    active.follow(stored);
    return active.get();
  }

  /** The spaces as the store says. */
  public SpaceList heard(List<Document> rows) {
    return SpaceList.of(rows);
  }

  /**
   * Follows what the store says.
   *
   * @return what changed, for the log; null when nothing did
   */
  public String follow(List<Document> rows) {
    SpaceList heard = SpaceList.of(rows);
    return heard.active() != null && active.ready() && active.follow(heard)
        ? "The active space is " + heard.active() + " now; before it was " + heard.previous()
        : null;
  }
}
