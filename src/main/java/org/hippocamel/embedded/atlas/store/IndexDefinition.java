package org.hippocamel.embedded.atlas.store;

import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * What createIndexes asked for.
 *
 * @param key such as {@code {tenant: 1, created_at: -1}}
 * @param expireAfterSeconds null unless documents expire by this index
 */
public record IndexDefinition(
    String name, BsonDocument key, boolean unique, Long expireAfterSeconds) {
  public static final IndexDefinition ID =
      new IndexDefinition("_id_", new BsonDocument("_id", new BsonInt32(1)), true, null);

  public boolean isId() {
    return name.equals(ID.name);
  }

  public List<String> fields() {
    return List.copyOf(key.keySet());
  }

  /** As listIndexes shows it. */
  public BsonDocument toDocument() {
    BsonDocument document = new BsonDocument("v", new BsonInt32(2)).append("key", key);
    document.append("name", new BsonString(name));
    if (unique && !isId()) {
      document.append("unique", BsonBoolean.TRUE);
    }
    if (expireAfterSeconds != null) {
      document.append("expireAfterSeconds", new BsonInt64(expireAfterSeconds));
    }
    return document;
  }

  static IndexDefinition of(BsonDocument document) {
    return new IndexDefinition(
        document.getString("name").getValue(),
        document.getDocument("key"),
        document.containsKey("unique"),
        document.containsKey("expireAfterSeconds")
            ? document.getInt64("expireAfterSeconds").getValue()
            : null);
  }
}
