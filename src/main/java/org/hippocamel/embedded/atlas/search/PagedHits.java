package org.hippocamel.embedded.atlas.search;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.IntFunction;
import org.bson.BsonValue;

/**
 * Hits of a query without a limit of its own. The first page holds more than pipelines ask for; who
 * reads on gets all the others by running the query once more, so that no reader is held open for a
 * cursor nobody may ever finish.
 */
final class PagedHits implements Iterator<Hit> {
  private static final int FIRST = 500;

  private final IntFunction<List<Hit>> query;
  private final Set<BsonValue> given = new HashSet<>();
  private Iterator<Hit> page;
  private boolean last;
  private Hit next;

  PagedHits(IntFunction<List<Hit>> query) {
    this.query = query;
    List<Hit> first = query.apply(FIRST);
    last = first.size() < FIRST;
    page = first.iterator();
    advance();
  }

  private void advance() {
    next = null;
    while (next == null) {
      if (!page.hasNext()) {
        if (last) {
          return;
        }
        last = true;
        page = query.apply(Integer.MAX_VALUE).iterator();
      } else {
        Hit hit = page.next();
        // Ids are only remembered while there may be a second page to leave them out of.
        next = last && given.isEmpty() || given.add(hit.id()) ? hit : null;
      }
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Hit next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Hit hit = next;
    advance();
    return hit;
  }
}
