package org.hippocamel.embedded.atlas.query;

import org.bson.BsonDocument;

/** What this server will not do, in MongoDB's own terms: code, code name, message and details. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String codeName;
  private final transient BsonDocument details;

  /**
   * @param details fields beside code and message in the reply, such as keyPattern and keyValue
   */
  public Refusal(int code, String codeName, String message, BsonDocument details) {
    super(message, null, false, false);
    this.code = code;
    this.codeName = codeName;
    this.details = details;
  }

  /** An error that MongoDB knows by its place in the source only, such as 40324. */
  public static Refusal at(int code, String message) {
    return new Refusal(code, "Location" + code, message, new BsonDocument());
  }

  public int code() {
    return code;
  }

  public String codeName() {
    return codeName;
  }

  public BsonDocument details() {
    return details;
  }
}
