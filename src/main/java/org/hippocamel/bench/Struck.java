package org.hippocamel.bench;

import java.util.List;
import java.util.Optional;

/** The faults that strike one call, in the order of the script. */
record Struck(List<Fault> faults) {
  static final Struck NOT = new Struck(List.of());

  Optional<Fault> first(Effect effect) {
    return faults.stream().filter(fault -> fault.effect() == effect).findFirst();
  }

  boolean by(Effect effect) {
    return first(effect).isPresent();
  }

  /** Milliseconds, all delays together. */
  long delay() {
    return faults.stream()
        .filter(fault -> fault.effect() == Effect.SLOW)
        .mapToLong(Fault::amount)
        .sum();
  }

  /** Whether the vector of this text is no number. */
  boolean nulls(String text) {
    return faults.stream()
        .anyMatch(fault -> fault.effect() == Effect.NULL && fault.texts().test(text));
  }
}
