package org.hippocamel.spaces;

import java.util.Optional;
import java.util.function.Supplier;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.problem.Problem;

/**
 * Whether requests would be answered with more than an error: embedder and store were checked at
 * start, and both are there now. Thread-safe; asks nobody, for it is asked often.
 */
public final class Readiness {
  private final ActiveSpace space;
  private final Embedders embedders;
  private final Supplier<Optional<Problem>> store;

  /**
   * @param store why the store takes no writes now; empty while it does
   */
  public Readiness(ActiveSpace space, Embedders embedders, Supplier<Optional<Problem>> store) {
    this.space = space;
    this.embedders = embedders;
    this.store = store;
  }

  /** What keeps requests from being answered, in one sentence; empty when nothing does. */
  public Optional<String> obstacle() {
    if (!space.ready()) {
      return Optional.of("still starting: the embedder and the store are being checked");
    }
    return embedders.trouble().or(store).map(Problem::getMessage);
  }

  /** Whether there is no {@link #obstacle}. */
  public boolean ready() {
    return obstacle().isEmpty();
  }
}
