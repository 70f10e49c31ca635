package org.hippocamel.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be undone when a verb is done, or when the process is told to end before that; last
 * first, each once. Thread-safe.
 */
final class Ending implements AutoCloseable {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final Thread hook = new Thread(this::end, "hippocamel-stop");
  private volatile boolean begun;

  Ending() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Runs it at once when the end has begun already. */
  synchronized void add(Runnable step) {
    if (begun) {
      step.run();
    } else {
      steps.push(step);
    }
  }

  /** Whether the verb is to stop, since there is nobody left to tell. */
  boolean begun() {
    return begun;
  }

  private synchronized void end() {
    begun = true;
    while (!steps.isEmpty()) {
      steps.pop().run();
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending, and the hook with it
    }
  }
}
