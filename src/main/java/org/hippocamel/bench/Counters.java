package org.hippocamel.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the scripted TEI has seen. Thread-safe. */
final class Counters {
  private final List<StubTei.Call> remembered = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong texts = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong overloaded = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger maxInFlight = new AtomicInteger();

  void connected() {
    connections.incrementAndGet();
  }

  void called(int howMany) {
    calls.incrementAndGet();
    texts.addAndGet(howMany);
  }

  void remember(StubTei.Call call) {
    remembered.add(call);
  }

  void entered(int howMany) {
    maxInFlight.accumulateAndGet(inFlight.addAndGet(howMany), Math::max);
  }

  void left(int howMany) {
    inFlight.addAndGet(-howMany);
  }

  /**
   * @param status of the answer to a call
   * @param howMany texts of the call
   */
  void ended(int status, int howMany) {
    if (status == 200) {
      answered.addAndGet(howMany);
    } else if (status == 429) {
      overloaded.incrementAndGet();
    }
  }

  List<StubTei.Call> calls() {
    synchronized (remembered) {
      return List.copyOf(remembered);
    }
  }

  StubTei.Counts counts() {
    return new StubTei.Counts(
        calls.get(),
        texts.get(),
        answered.get(),
        overloaded.get(),
        maxInFlight.get(),
        connections.get());
  }

  void reset() {
    remembered.clear();
    for (AtomicLong count : List.of(calls, texts, answered, overloaded, connections)) {
      count.set(0);
    }
    maxInFlight.set(0);
  }
}
