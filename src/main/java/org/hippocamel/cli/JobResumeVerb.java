package org.hippocamel.cli;

import picocli.CommandLine.Command;

/** POST /v1/jobs/{id}/resume. */
@Command(
    name = "resume",
    header = "Let a paused job go on where it was.",
    description = "It is queued until somebody takes it.")
final class JobResumeVerb extends JobControl {
  JobResumeVerb() {
    super("resume");
  }
}
