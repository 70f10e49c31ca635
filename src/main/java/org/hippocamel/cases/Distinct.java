package org.hippocamel.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Admits one of each group of near-duplicates: the first that comes. For one thread. */
final class Distinct {
  private final Map<String, Place> places;
  private final double nearDuplicate;
  private final List<Place> admitted = new ArrayList<>();
  private int size;

  /**
   * @param places of the cases by {@code _id}; one without a place resembles nothing
   * @param nearDuplicate cosine from which two problems are one
   */
  Distinct(Map<String, Place> places, double nearDuplicate) {
    this.places = places;
    this.nearDuplicate = nearDuplicate;
  }

  /** Whether nothing like it was admitted before. */
  boolean admits(String key) {
    Place place = places.get(key);
    if (place != null) {
      if (admitted.stream().anyMatch(other -> other.cosine(place) >= nearDuplicate)) {
        return false;
      }
      admitted.add(place);
    }
    size++;
    return true;
  }

  int size() {
    return size;
  }
}
