package org.hippocamel.api;

import org.bson.Document;
import org.hippocamel.evaluation.EvaluationLedger;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;

/** Reports of evaluations. */
public final class EvaluationReplies {
  private static final int OK = 200;

  private final EvaluationLedger ledger;

  public EvaluationReplies(EvaluationLedger ledger) {
    this.ledger = ledger;
  }

  /**
   * A report: a page for people, or all figures.
   *
   * @param accept what the caller takes, null or "" for the page
   * @throws Problem CONFLICT while there is none
   */
  public Reply report(Document row, Named named, String accept) {
    boolean json = accept != null && accept.contains("application/json");
    return json
        ? new Reply(OK, "application/json", ledger.report(row, "json", named))
        : new Reply(OK, "text/html; charset=utf-8", ledger.report(row, "html", named));
  }
}
