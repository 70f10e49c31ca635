package org.hippocamel.embedded.atlas.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bson.BsonDocument;
import org.h2.mvstore.MVStore;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which index is taken, and how much of it is read. */
class AccessPlannerTest {
  private MVStore store;
  private SecondaryIndex id;
  private SecondaryIndex keys;

  @BeforeEach
  void open() {
    store = MVStore.open(null);
    id = index(1, IndexDefinition.ID);
    keys =
        index(2, new IndexDefinition("k", BsonDocument.parse("{tenant: 1, keys: 1}"), false, null));
    keys.multikey(true);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private SecondaryIndex index(int number, IndexDefinition definition) {
    return new SecondaryIndex(number, definition, store.openMap("index" + number));
  }

  private AccessPath plan(String filter) {
    return new AccessPlanner(List.of(id, keys))
        .plan(Filter.parse(BsonDocument.parse(filter)), SortOrder.NONE);
  }

  /** What $graphLookup asks at each step, with what restricts it. */
  @Test
  void step_readsOneStretchForEachKeyOfOneTenant() {
    AccessPath path =
        plan(
            "{$and: [{keys: {$in: ['a', 'b', 'c']}}, {$and: [{tenant: 't'}, {kind: 'passage'}]}]}");
    assertEquals(
        List.of(keys, keys, keys),
        path.stretches().stream().map(AccessPath.Stretch::index).toList());
    assertTrue(path.stretches().stream().allMatch(AccessPath.Stretch::point));
  }

  @Test
  void oneValueForEachField_isReadAsItComes() {
    assertTrue(plan("{keys: 'a', tenant: 't'}").streams());
  }

  @Test
  void ids_beatEverythingElse() {
    AccessPath path = plan("{tenant: 't', keys: 'a', _id: {$in: [1, 2]}}");
    assertEquals(id, path.stretches().get(0).index());
    assertEquals(2, path.stretches().size());
  }

  @Test
  void beginningOfAnIndexOverArrays_isNotTaken() {
    assertNull(plan("{tenant: 't'}"));
    assertNull(plan("{keys: 'a'}"));
  }
}
