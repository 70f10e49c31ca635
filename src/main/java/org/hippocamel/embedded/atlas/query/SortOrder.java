package org.hippocamel.embedded.atlas.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** A sort document such as {@code {created_at: -1, _id: 1}}; the empty one keeps the order. */
public record SortOrder(List<Key> keys) {
  /** One field of it. */
  public record Key(FieldPath path, boolean descending) {
    /** An array sorts by its smallest element upwards and by its largest downwards. */
    BsonValue of(BsonDocument document) {
      List<BsonValue> keys = path.keys(document);
      Comparator<BsonValue> order = BsonComparator.INSTANCE;
      BsonValue best = keys.get(0);
      for (BsonValue key : keys) {
        int compared = order.compare(key, best);
        best = (descending ? compared > 0 : compared < 0) ? key : best;
      }
      return best;
    }
  }

  public static final SortOrder NONE = new SortOrder(List.of());

  public static SortOrder parse(BsonDocument sort) {
    List<Key> keys = new ArrayList<>();
    for (Map.Entry<String, BsonValue> entry : sort.entrySet()) {
      keys.add(new Key(FieldPath.of(entry.getKey()), descending(entry)));
    }
    return new SortOrder(keys);
  }

  private static boolean descending(Map.Entry<String, BsonValue> entry) {
    BsonValue value = entry.getValue();
    if (value.isNumber()) {
      double direction = value.asNumber().doubleValue();
      if (direction == 1 || direction == -1) {
        return direction < 0;
      }
    }
    throw Refusal.at(
        15975,
        "$sort key ordering must be 1 (for ascending) or -1 (for descending), not for '"
            + entry.getKey()
            + "'");
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The values a document is sorted by, one for each key. */
  public List<BsonValue> of(BsonDocument document) {
    return keys.stream().map(key -> key.of(document)).toList();
  }

  /** The order of two such lists. */
  public int compare(List<BsonValue> a, List<BsonValue> b) {
    for (int i = 0; i < keys.size(); i++) {
      int order = BsonComparator.INSTANCE.compare(a.get(i), b.get(i));
      if (order != 0) {
        return keys.get(i).descending() ? -order : order;
      }
    }
    return 0;
  }
}
