package org.hippocamel.embedded.atlas.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bson.BsonDocument;

/** The keys that an index gains and loses when one document takes the place of another. */
record IndexChange(SecondaryIndex index, Collection<byte[]> added, Collection<byte[]> removed) {
  static IndexChange between(SecondaryIndex index, BsonDocument old, BsonDocument document) {
    Collection<byte[]> after = index.keys(document);
    if (old == null) {
      return new IndexChange(index, after, List.of());
    }
    Collection<byte[]> before = index.keys(old);
    return new IndexChange(index, without(after, before), without(before, after));
  }

  private static Collection<byte[]> without(Collection<byte[]> keys, Collection<byte[]> others) {
    Collection<byte[]> left = new ArrayList<>();
    for (byte[] key : keys) {
      if (others.stream().noneMatch(other -> Arrays.equals(key, other))) {
        left.add(key);
      }
    }
    return left;
  }
}
