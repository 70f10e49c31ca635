package org.hippocamel.embedded.atlas.search;

/** A search command or stage that is refused, with the server's code and code name. */
public final class SearchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String codeName;

  private SearchException(int code, String codeName, String message) {
    super(message);
    this.code = code;
    this.codeName = codeName;
  }

  /** Refuses an index definition or a command's argument. */
  static SearchException badValue(String message) {
    return new SearchException(2, "BadValue", message);
  }

  /** Refuses a stage; search errors reach clients as the plan executor's. */
  static SearchException query(String message) {
    return new SearchException(
        8, "UnknownError", "PlanExecutor error during aggregation :: caused by :: " + message);
  }

  static SearchException exists(String name) {
    return new SearchException(
        68,
        "IndexAlreadyExists",
        "Index '"
            + name
            + "' already exists with a different definition; change it with updateSearchIndex or"
            + " drop it first");
  }

  /** Atlas's own words; FTS is what it calls search indexes of both types. */
  static SearchException tooMany() {
    return new SearchException(
        20,
        "IllegalOperation",
        "The maximum number of FTS indexes has been reached for this instance size.");
  }

  static SearchException notFound(String namespace, String nameOrId) {
    return new SearchException(
        27, "IndexNotFound", "Search index '" + nameOrId + "' not found on " + namespace);
  }

  public int code() {
    return code;
  }

  public String codeName() {
    return codeName;
  }
}
