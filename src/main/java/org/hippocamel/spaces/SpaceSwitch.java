package org.hippocamel.spaces;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** Making another space the active one, forward or back, and letting go of one. */
public final class SpaceSwitch {
  private static final String RETIRING = "retiring";

  private final Embedders embedders;
  private final Duration watch;
  private final Clock clock;

  /**
   * @param watch time between two looks of every process at the spaces
   */
  public SpaceSwitch(Embedders embedders, Duration watch, Clock clock) {
    this.embedders = embedders;
    this.watch = watch;
    this.clock = clock;
  }

  /** Milliseconds after which every process knows of a change. */
  public long known() {
    return 2 * watch.toMillis();
  }

  /**
   * The space of that id.
   *
   * @throws Problem NOT_FOUND naming those there are
   */
  public Space space(SpaceList stored, String id) {
    return entry(stored, id).space();
  }

  private static SpaceList.Entry entry(SpaceList stored, String id) {
    return stored
        .find(id)
        .orElseThrow(
            () ->
                new Problem(
                    ProblemKind.NOT_FOUND,
                    "no space with id " + id + "; these are: " + stored.describe()));
  }

  /** Command: how many memories have no vector in a space, refused texts left out. */
  public Document missingCommand(Space space) {
    return new Document("count", SpaceSetup.MEMORIES)
        .append(
            "query",
            new Document(space.path(), new Document("$exists", false))
                .append("refused." + space.id(), new Document("$exists", false)));
  }

  /** Command: how many memories have a text that a space's embedder refuses. */
  public Document refusedCommand(Space space) {
    return new Document("count", SpaceSetup.MEMORIES)
        .append("query", new Document("refused." + space.id(), true));
  }

  /** The number in a reply. */
  public long number(Document reply) {
    return reply.get("n", Number.class).longValue();
  }

  /**
   * Change: the space becomes the active one, in one write, unless another switch came first.
   *
   * @throws Problem CONFLICT when it is not complete, with counts, or its embedder is not here
   */
  public List<Bson> activated(SpaceList stored, Space space, long missing) {
    SpaceList.Entry entry = entry(stored, space.id());
    if (entry.state() != SpaceState.READY || missing > 0) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "space "
              + space.id()
              + " is "
              + entry.state().word()
              + ", "
              + missing
              + " memories have no vector in it: POST /v1/reembed with \"space\": \""
              + space.id()
              + "\" completes it");
    }
    if (!embedders.serves(space.id())) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "no embedder serves space "
              + space.id()
              + " now: point TEI_URL or NEXT_TEI_URL at a server of "
              + space.modelId());
    }
    return List.of(
        and(eq("_id", SpaceList.ACTIVE), eq("epoch", stored.epoch()), ne(RETIRING, space.id())),
        new Document(
            "$set",
            new Document("space", space.id())
                .append("previous", stored.active())
                .append("epoch", stored.epoch() + 1)
                .append("at", Date.from(clock.instant()))));
  }

  /** The spaces whose memories are counted. */
  public List<Space> counted(SpaceList stored) {
    return stored.living();
  }

  /** No counts yet. */
  public List<Document> noCounts() {
    return new ArrayList<>();
  }

  /** Adds the counts of a space. */
  public void count(List<Document> counts, Space space, long memories, long missing, long refused) {
    counts.add(
        new Document("space", space.id())
            .append("memories", memories)
            .append("missing", missing)
            .append("refused", refused));
  }

  /** Whether it is the active one already. */
  public boolean active(SpaceList stored, Space space) {
    return space.id().equals(stored.active());
  }

  /**
   * Passes on when the switch was made.
   *
   * @param row the row that names the active space, null when another switch came first
   * @throws Problem CONFLICT
   */
  public void made(Document row, Space space) {
    if (row == null) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "another switch came before the one to "
              + space.id()
              + ", or it is being let go of; look at GET /v1/spaces. POST /v1/reembed with"
              + " \"space\": \""
              + space.id()
              + "\" makes it fit to be switched to");
    }
  }

  /** Whether another space than this one is active. */
  public boolean other(SpaceList stored, Space space) {
    return !active(stored, space);
  }

  /** Update: a job fills the space; new memories get a vector in it from now on. */
  public List<Document> building(Space space, String job) {
    return stated(space, SpaceState.BUILDING, job);
  }

  /** Update: it can be searched, unless it was let go of meanwhile. */
  public List<Document> ready(Space space, String job) {
    List<Document> update = stated(space, SpaceState.READY, job);
    update.get(0).append("state", new Document("$ne", SpaceState.RETIRED.word()));
    return update;
  }

  /** Update: it is let go of. */
  public List<Document> retired(Space space, String job) {
    return stated(space, SpaceState.RETIRED, job);
  }

  private List<Document> stated(Space space, SpaceState state, String job) {
    return List.of(
        new Document("_id", space.id()),
        new Document(
            "$set",
            new Document("state", state.word())
                .append("job", job)
                .append("stated_at", Date.from(clock.instant()))));
  }

  /**
   * Change: the space is never made the active one from now on, whoever counts what it lacks at
   * this moment: the row of the active space says so, and its epoch is another.
   */
  public List<Bson> fenced(Space space) {
    return List.of(
        and(eq("_id", SpaceList.ACTIVE), ne("space", space.id())),
        new Document("$set", new Document(RETIRING, space.id()))
            .append("$inc", new Document("epoch", 1L)));
  }

  /**
   * Passes on when nobody can make it the active one any more.
   *
   * @param row the row that names the active space, null when it names this one
   * @throws Problem CONFLICT
   */
  public void fencedOff(Document row, Space space) {
    if (row == null) {
      throw inUse(space);
    }
  }

  /** Update: it is filled again, and may become the active one. */
  public List<Document> unfenced(Space space) {
    return List.of(
        new Document("_id", SpaceList.ACTIVE).append(RETIRING, space.id()),
        new Document("$unset", new Document(RETIRING, "")));
  }

  /**
   * Refuses to let go of the space in use.
   *
   * @throws Problem CONFLICT
   */
  public Space retirable(SpaceList stored, String id) {
    Space space = space(stored, id);
    if (active(stored, space)) {
      throw inUse(space);
    }
    return space;
  }

  private static Problem inUse(Space space) {
    return new Problem(
        ProblemKind.CONFLICT,
        "space " + space.id() + " is the active one: activate another before this one is retired");
  }
}
