package org.hippocamel.embedded.atlas.update;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Condition;
import org.hippocamel.embedded.atlas.query.Filter;

/** The values that a filter demands by equality: an upsert inserts them too. */
public final class UpsertSeed {
  private UpsertSeed() {}

  public static BsonDocument of(Filter filter) {
    BsonDocument seed = new BsonDocument();
    gather(filter, seed);
    return seed;
  }

  private static void gather(Filter filter, BsonDocument seed) {
    if (filter instanceof Filter.And and) {
      and.filters().forEach(inner -> gather(inner, seed));
    } else if (filter instanceof Filter.Or or && or.filters().size() == 1) {
      gather(or.filters().get(0), seed);
    } else if (filter instanceof Filter.Field field) {
      gather(field, field.condition(), seed);
    }
  }

  private static void gather(Filter.Field field, Condition condition, BsonDocument seed) {
    if (condition instanceof Condition.All all) {
      all.conditions().forEach(inner -> gather(field, inner, seed));
    } else if (condition instanceof Condition.Comparison comparison
        && comparison.operator() == Condition.Comparison.Operator.EQ) {
      BsonValue value = comparison.operand();
      new FieldSlot(seed, field.path()).set(value);
    } else if (condition instanceof Condition.In in
        && in.values().size() == 1
        && in.patterns().isEmpty()) {
      new FieldSlot(seed, field.path()).set(in.values().get(0).operand());
    }
  }
}
