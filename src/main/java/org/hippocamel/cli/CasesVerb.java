package org.hippocamel.cli;

import picocli.CommandLine.Command;

/** The case bank from the command line. */
@Command(
    name = "cases",
    header = "Ask and teach the case bank: problems, solutions, outcomes.",
    description = {
      "A case is a problem, what was done about it, and what came of it. Ask for cases like yours"
          + " before you begin, and say afterwards how it went: see docs/case-bank.md."
    },
    subcommands = {
      CaseSearchVerb.class,
      CaseShowVerb.class,
      CaseAddVerb.class,
      CaseOutcomeVerb.class,
      CaseFeedbackVerb.class,
      CaseUpliftVerb.class,
      CaseExportVerb.class,
      CaseImportVerb.class
    },
    synopsisSubcommandLabel = "VERB",
    footer = {
      "%nExamples:",
      "  cases add --problem \"A refund is not paid out.\" --solution \"Ask for the second approval.\"",
      "  cases search --run run-1 \"A refund of 700 euros has not been paid out.\"",
      "  cases feedback run-1 1",
      "  cases export --output bank.jsonl"
    })
final class CasesVerb extends Verb {
  @Override
  public Integer call() {
    throw wrong("Missing verb: search, show, add, outcome, feedback, uplift, export or import");
  }
}
