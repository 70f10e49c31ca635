package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.Documents;
import org.hippocamel.embedded.atlas.store.Stored;

/**
 * $graphLookup, breadth first: each document is found once, at its least depth. An index on
 * connectToField is used for every step.
 *
 * @param from null when there is no such collection
 * @param depthField null for none
 */
record GraphLookupStage(
    DocumentCollection from,
    Expression startWith,
    FieldPath connectFrom,
    FieldPath connectTo,
    FieldPath as,
    long maxDepth,
    FieldPath depthField,
    Filter restrict)
    implements Stage {
  private static final long MAX_BYTES = 100L * 1024 * 1024;
  private static final List<String> REQUIRED =
      List.of("from", "startWith", "connectFromField", "connectToField", "as");
  private static final List<String> OPTIONAL =
      List.of("maxDepth", "depthField", "restrictSearchWithMatch");

  static GraphLookupStage parse(BsonValue value, PipelineContext context) {
    if (!value.isDocument()) {
      throw Refusal.at(40327, "the $graphLookup stage specification must be an object");
    }
    BsonDocument options = value.asDocument();
    for (String option : options.keySet()) {
      if (!REQUIRED.contains(option) && !OPTIONAL.contains(option)) {
        throw Refusal.at(40104, "Unknown argument to $graphLookup: " + option);
      }
    }
    if (!options.keySet().containsAll(REQUIRED)) {
      throw Refusal.at(
          40105,
          "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and"
              + " 'connectToField' to be specified.");
    }
    BsonValue depth = options.get("maxDepth");
    if (depth != null && (!depth.isNumber() || depth.asNumber().longValue() < 0)) {
      throw Refusal.at(40101, "maxDepth requires a nonnegative argument");
    }
    return new GraphLookupStage(
        context.collectionBeside(text(options, "from")),
        Expression.parse(options.get("startWith")),
        FieldPath.of(text(options, "connectFromField")),
        FieldPath.of(text(options, "connectToField")),
        FieldPath.of(text(options, "as")),
        depth == null ? Long.MAX_VALUE : depth.asNumber().longValue(),
        options.containsKey("depthField") ? FieldPath.of(text(options, "depthField")) : null,
        restriction(options.get("restrictSearchWithMatch")));
  }

  private static String text(BsonDocument options, String name) {
    if (!options.get(name).isString()) {
      throw Refusal.at(40103, "expected string as argument for " + name + " in $graphLookup");
    }
    return options.getString(name).getValue();
  }

  private static Filter restriction(BsonValue match) {
    if (match == null) {
      return new Filter.And(List.of());
    }
    if (!match.isDocument()) {
      throw Refusal.at(40185, "restrictSearchWithMatch must be an object");
    }
    return Filter.parse(match.asDocument());
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.map(
        input,
        row -> {
          BsonArray found = search(startWith.evaluate(Scope.of(row)));
          FieldTree field = new FieldTree();
          field.put(as, scope -> found);
          return row.with(field.add(row.document(), Scope.of(row)));
        });
  }

  private BsonArray search(BsonValue start) {
    BsonArray found = new BsonArray();
    Set<Long> records = new HashSet<>();
    Set<BsonValue> visited = new TreeSet<>(BsonComparator.INSTANCE);
    Set<BsonValue> frontier = new TreeSet<>(BsonComparator.INSTANCE);
    spread(start, frontier);
    long bytes = 0;
    for (long depth = 0; from != null && depth <= maxDepth && !frontier.isEmpty(); depth++) {
      visited.addAll(frontier);
      Set<BsonValue> next = new TreeSet<>(BsonComparator.INSTANCE);
      Iterator<Stored> step = from.find(step(frontier), SortOrder.NONE);
      while (step.hasNext()) {
        Stored stored = step.next();
        if (records.add(stored.record())) {
          found.add(withDepth(stored.document(), depth));
          connectFrom.keys(stored.document()).forEach(value -> spread(value, next));
          bytes += Documents.size(stored.document());
          requireMemory(bytes);
        }
      }
      next.removeAll(visited);
      frontier = next;
    }
    return found;
  }

  /** Null and missing values lead nowhere. */
  private static void spread(BsonValue value, Set<BsonValue> into) {
    if (value != null && value.isArray()) {
      value.asArray().forEach(element -> spread(element, into));
    } else if (!Expression.isNull(value)) {
      into.add(value);
    }
  }

  private Filter step(Set<BsonValue> frontier) {
    BsonDocument in = new BsonDocument("$in", new BsonArray(new ArrayList<>(frontier)));
    Filter connected = Filter.parse(new BsonDocument(connectTo.dotted(), in));
    return new Filter.And(List.of(connected, restrict));
  }

  private BsonDocument withDepth(BsonDocument document, long depth) {
    if (depthField == null) {
      return document;
    }
    FieldTree field = new FieldTree();
    field.put(depthField, scope -> new BsonInt64(depth));
    return field.add(document, Scope.of(new Row(document, null)));
  }

  private static void requireMemory(long bytes) {
    if (bytes > MAX_BYTES) {
      throw Refusal.at(40099, "$graphLookup reached maximum memory consumption");
    }
  }
}
