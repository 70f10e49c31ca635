package org.hippocamel.embedded.atlas.query;

import java.util.List;
import org.bson.BsonDocument;

/** A query predicate, kept as a tree so that the store can find an index for it. */
public sealed interface Filter {
  boolean matches(BsonDocument document);

  /** Reads a query such as {@code {tenant: "t", age: {$gt: 3}}}. */
  static Filter parse(BsonDocument query) {
    return new FilterParser().parse(query);
  }

  /** All of them; with none, every document. */
  record And(List<Filter> filters) implements Filter {
    @Override
    public boolean matches(BsonDocument document) {
      for (Filter filter : filters) {
        if (!filter.matches(document)) {
          return false;
        }
      }
      return true;
    }
  }

  /** At least one of them. */
  record Or(List<Filter> filters) implements Filter {
    @Override
    public boolean matches(BsonDocument document) {
      return filters.stream().anyMatch(filter -> filter.matches(document));
    }
  }

  /** None of them. */
  record Nor(List<Filter> filters) implements Filter {
    @Override
    public boolean matches(BsonDocument document) {
      return filters.stream().noneMatch(filter -> filter.matches(document));
    }
  }

  /** One field's condition. */
  record Field(FieldPath path, Condition condition) implements Filter {
    @Override
    public boolean matches(BsonDocument document) {
      return condition.matches(path, document);
    }
  }
}
