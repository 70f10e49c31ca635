package org.hippocamel.spaces;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The space that is written to and searched; none until start-up has checked it. Thread-safe. */
public final class ActiveSpace {
  private final AtomicReference<Space> space = new AtomicReference<>();
  private volatile Calibration calibration = Calibration.ASSUMED;
  private volatile Consumer<Space> follower = space -> {};

  /**
   * @throws Problem UNAVAILABLE before start-up has come that far
   */
  public Space get() {
    Space active = space.get();
    if (active == null) {
      throw new Problem(
          ProblemKind.UNAVAILABLE, "still starting: the embedder and the store are being checked");
    }
    return active;
  }

  public boolean ready() {
    return space.get() != null;
  }

  /** How near unrelated memories of this space are; an assumption while there are few. */
  public Calibration calibration() {
    return calibration;
  }

  void calibrate(Calibration measured) {
    calibration = measured;
  }

  void set(Space active) {
    space.set(active);
    follower.accept(active);
  }

  /** From now on this one hears of every space that becomes the active one. */
  public void tell(Consumer<Space> hearing) {
    follower = hearing;
  }
}
