package org.hippocamel;

import java.time.Clock;
import org.hippocamel.api.ContextRequests;
import org.hippocamel.api.EvaluationReplies;
import org.hippocamel.api.EvaluationRequests;
import org.hippocamel.api.RecallRequests;
import org.hippocamel.config.Settings;
import org.hippocamel.evaluation.CatchingUp;
import org.hippocamel.evaluation.DatasetFolders;
import org.hippocamel.evaluation.Evaluating;
import org.hippocamel.evaluation.EvaluationLedger;
import org.hippocamel.job.JobLedger;
import org.hippocamel.spaces.ActiveSpace;

/** The beans of evaluations. */
final class EvaluationBeans {
  private EvaluationBeans() {}

  /**
   * @param beans receives them
   */
  static void put(
      Settings settings,
      RecallRequests recall,
      JobLedger jobs,
      ActiveSpace space,
      Clock clock,
      NamedBeans beans) {
    DatasetFolders folders = new DatasetFolders(settings.evaluation().directory());
    EvaluationLedger ledger = new EvaluationLedger(settings.job().keep(), clock);
    EvaluationRequests requests =
        new EvaluationRequests(
            recall,
            beans.get("contextRequests", ContextRequests.class),
            folders,
            jobs::newId,
            settings.limits(),
            settings.evaluation().maxQueries(),
            settings.rerank().url().isPresent());
    boolean cached = settings.embed().cacheBytes() > 0;
    beans.put("evaluationRequests", requests);
    beans.put("evaluationReplies", new EvaluationReplies(ledger));
    beans.put("evaluationLedger", ledger);
    beans.put(
        "evaluating",
        new Evaluating(
            space,
            folders,
            ledger,
            requests,
            cached,
            settings.evaluation().maxResults(),
            System::nanoTime));
    beans.put("catchingUp", new CatchingUp(space, settings.mongo().indexWait(), clock));
  }
}
