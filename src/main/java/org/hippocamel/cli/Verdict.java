package org.hippocamel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Option;

/** Options of verbs that say how something went. */
final class Verdict {
  @Option(names = "--evaluator", paramLabel = "NAME", description = "who says so")
  private String evaluator;

  @Option(names = "--note", paramLabel = "TEXT", description = "why; a warning shows it")
  private String note;

  void into(ObjectNode request) {
    Verb.put(request, "evaluator", evaluator);
    Verb.put(request, "note", note);
  }
}
