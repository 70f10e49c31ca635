package org.hippocamel;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.hippocamel.api.RerankReplies;
import org.hippocamel.api.RerankRequests;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.Circuit;
import org.hippocamel.rerank.RerankCall;
import org.hippocamel.rerank.RerankCounts;
import org.hippocamel.rerank.RerankGate;
import org.hippocamel.rerank.Reranker;

/** What {@code routes/rerank.camel.yaml} and {@code routes/api-rerank.camel.yaml} name. */
final class RerankBeans {
  private final RerankCounts counts = new RerankCounts();
  private final Reranker reranker;
  private final Settings settings;

  RerankBeans(Settings settings) {
    this.settings = settings;
    Settings.Tei tei = settings.tei();
    Circuit circuit =
        new Circuit(tei.failures(), tei.check(), tei.check(), System::nanoTime, Reranker.unheard());
    this.reranker = new Reranker(settings.rerank(), tei.share(), circuit, counts, System::nanoTime);
  }

  void bind(NamedBeans beans) {
    ThreadPoolExecutor calls =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), Beans.threads("rerank-call"));
    reranker.tell(slots -> Beans.resize(calls, slots));
    beans.put("rerankCalls", calls);
    ExecutorService answers = Beans.noQueue(settings.http().workers(), "rerank-answer");
    beans.put("rerankAnswers", answers);
    beans.put("rerankCounts", counts);
    beans.put("reranker", reranker);
    beans.put("rerankCall", new RerankCall(settings.rerank().apiKey(), reranker));
    beans.put(
        "rerankGate",
        new RerankGate(settings.rerank(), reranker, counts, answers, System::nanoTime));
    beans.put(
        "rerankRequests", new RerankRequests(settings.limits(), settings.rerank().maxDocuments()));
    beans.put("rerankReplies", new RerankReplies());
  }

  RerankMeters meters() {
    return new RerankMeters(counts);
  }
}
