package org.hippocamel.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Faults whose seconds and calls count from here. Thread-safe. */
final class Script {
  private final List<Fault> faults;
  private final long begin = System.nanoTime();
  private final AtomicInteger calls = new AtomicInteger();

  Script(List<Fault> faults) {
    this.faults = List.copyOf(faults);
  }

  List<Fault> faults() {
    return faults;
  }

  /** Counts a call of these texts and tells what happens to it. */
  Struck next(List<String> texts) {
    int call = calls.incrementAndGet();
    if (faults.isEmpty()) {
      return Struck.NOT;
    }
    Duration now = now();
    return new Struck(faults.stream().filter(fault -> fault.strikes(now, call, texts)).toList());
  }

  /** What would happen to the next call, whatever its texts. */
  Optional<Fault> pending(Effect effect) {
    Duration now = now();
    int call = calls.get() + 1;
    return faults.stream()
        .filter(fault -> fault.effect() == effect && fault.holds(now, call))
        .findFirst();
  }

  private Duration now() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
