package org.hippocamel.reembed;

import com.cronutils.model.Cron;
import java.util.Optional;
import org.hippocamel.config.ReembedSettings;
import org.hippocamel.job.JobRun;
import org.hippocamel.spaces.Space;

/** Migrations from a space of three dimensions to one of two. */
final class TestMigrations {
  static final Space OLD = new Space("m-3", "acme/m", null, "cls", 3, "", "");
  static final Space NEW = new Space("n-2", "acme/n", null, "mean", 2, "", "new: ");

  private TestMigrations() {}

  static Migration migration() {
    return new Migration(JobRun.unwatched(), NEW, OLD, true);
  }

  static ReembedSettings settings(int textsPerSecond, int maxRefused) {
    return new ReembedSettings(
        10,
        4,
        2,
        textsPerSecond,
        100,
        maxRefused,
        Optional.of("tiny"),
        0.02,
        Optional.<Cron>empty());
  }
}
