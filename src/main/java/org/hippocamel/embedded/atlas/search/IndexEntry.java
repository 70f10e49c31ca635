package org.hippocamel.embedded.atlas.search;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** One search index as clients know it: its name, its latest definition, what serves queries. */
final class IndexEntry {
  /** What {@code $listSearchIndexes} says of the latest definition. */
  enum Status {
    BUILDING,
    READY,
    FAILED
  }

  final String id;
  final String namespace;
  final String name;
  final String type;

  /** Opens when an index that existed before the start serves again. */
  final CountDownLatch opened;

  private BsonDocument definition;
  private long version;
  private long createdAt;
  private Status status = Status.BUILDING;
  private volatile SearchIndex serving;

  /** The serving index is of this version; older than {@link #version} while a new one is built. */
  private long servingVersion = -1;

  IndexEntry(
      String id,
      String namespace,
      String name,
      String type,
      BsonDocument definition,
      long version,
      long createdAt,
      boolean existed) {
    this.id = id;
    this.namespace = namespace;
    this.name = name;
    this.type = type;
    this.definition = definition;
    this.version = version;
    this.createdAt = createdAt;
    opened = new CountDownLatch(existed ? 1 : 0);
  }

  static IndexEntry read(BsonDocument stored) {
    return new IndexEntry(
        stored.getString("id").getValue(),
        stored.getString("namespace").getValue(),
        stored.getString("name").getValue(),
        stored.getString("type").getValue(),
        stored.getDocument("definition"),
        stored.getInt64("version").getValue(),
        stored.getDateTime("createdAt").getValue(),
        true);
  }

  synchronized BsonDocument stored() {
    return new BsonDocument("id", new BsonString(id))
        .append("namespace", new BsonString(namespace))
        .append("name", new BsonString(name))
        .append("type", new BsonString(type))
        .append("definition", definition)
        .append("version", new BsonInt64(version))
        .append("createdAt", new BsonDateTime(createdAt));
  }

  synchronized BsonDocument definition() {
    return definition;
  }

  synchronized long version() {
    return version;
  }

  synchronized void redefine(BsonDocument newDefinition) {
    definition = newDefinition;
    version++;
    createdAt = Instant.now().toEpochMilli();
    status = Status.BUILDING;
  }

  /** Whether the latest version could not be built. */
  synchronized boolean failed() {
    return status == Status.FAILED;
  }

  /** Null while the first version is being built. */
  SearchIndex serving() {
    return serving;
  }

  /**
   * Serves a version from now on.
   *
   * @return the index that served before, or null; {@code index} itself when a later version was
   *     asked for meanwhile
   */
  synchronized SearchIndex serve(SearchIndex index, long builtVersion) {
    if (builtVersion != version) {
      return index;
    }
    SearchIndex before = serving;
    serving = index;
    servingVersion = builtVersion;
    status = Status.READY;
    return before;
  }

  synchronized void fail(long failedVersion) {
    if (failedVersion == version) {
      status = Status.FAILED;
    }
  }

  /** The row of {@code $listSearchIndexes}. */
  synchronized BsonDocument row() {
    boolean queryable = serving != null;
    BsonDocument latest =
        new BsonDocument("version", new BsonInt64(version))
            .append("createdAt", new BsonDateTime(createdAt));
    BsonDocument main =
        new BsonDocument("status", new BsonString(status.name()))
            .append("queryable", BsonBoolean.valueOf(servingVersion == version))
            .append("definitionVersion", latest)
            .append("definition", definition);
    BsonDocument detail =
        new BsonDocument("hostname", new BsonString("localhost"))
            .append("status", new BsonString(status.name()))
            .append("queryable", BsonBoolean.valueOf(queryable))
            .append("mainIndex", main);
    return new BsonDocument("id", new BsonString(id))
        .append("name", new BsonString(name))
        .append("type", new BsonString(type))
        .append("status", new BsonString(status.name()))
        .append("queryable", BsonBoolean.valueOf(queryable))
        .append("latestVersion", new BsonInt64(version))
        .append("latestDefinition", definition)
        .append("latestDefinitionVersion", latest)
        .append("statusDetail", new BsonArray(List.of(detail)));
  }
}
