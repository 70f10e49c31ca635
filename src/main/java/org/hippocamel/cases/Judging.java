package org.hippocamel.cases;

import java.time.Clock;
import java.time.Instant;
import org.bson.Document;
import org.hippocamel.config.CaseSettings;
import org.hippocamel.memory.CaseStatus;

/** What evidence comes to, by the settings. Thread-safe. */
public final class Judging {
  private final Prior prior;
  private final Decay decay;
  private final CaseSettings.Guard guard;
  private final Clock clock;

  public Judging(CaseSettings settings, Clock clock) {
    this.prior = new Prior(settings.value().priorWins(), settings.value().priorLosses());
    this.decay = new Decay(settings.value().halfLife());
    this.guard = settings.guard();
    this.clock = clock;
  }

  Prior prior() {
    return prior;
  }

  Decay decay() {
    return decay;
  }

  Instant now() {
    return clock.instant();
  }

  /** The value now, in (0, 1). */
  public double value(Evidence evidence) {
    return evidence.value(prior, decay, clock.instant());
  }

  CaseStatus status(Evidence evidence) {
    return evidence.status(prior, guard);
  }

  /** The evidence that is stored with a case. */
  public static Evidence evidence(Document row) {
    Document solved = row.get("case", Document.class);
    return solved == null ? Evidence.NONE : Evidence.from(solved.get("stats", Document.class));
  }
}
