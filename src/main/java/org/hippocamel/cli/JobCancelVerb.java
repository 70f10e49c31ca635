package org.hippocamel.cli;

import picocli.CommandLine.Command;

/** POST /v1/jobs/{id}/cancel. */
@Command(
    name = "cancel",
    header = "End a job.",
    description =
        "What a file has stored so far stays, and the file goes to failed/. A job that somebody works on is cancelling until that one has cleared up.")
final class JobCancelVerb extends JobControl {
  JobCancelVerb() {
    super("cancel");
  }
}
