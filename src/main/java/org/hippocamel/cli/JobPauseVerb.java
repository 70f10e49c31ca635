package org.hippocamel.cli;

import picocli.CommandLine.Command;

/** POST /v1/jobs/{id}/pause. */
@Command(
    name = "pause",
    header = "Let a job wait.",
    description = "Only a re-embedding can be paused; its worker saves its place first.")
final class JobPauseVerb extends JobControl {
  JobPauseVerb() {
    super("pause");
  }
}
