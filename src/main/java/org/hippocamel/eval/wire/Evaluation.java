package org.hippocamel.eval.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Latency;
import org.hippocamel.eval.Ranking;
import org.hippocamel.eval.Report;
import org.hippocamel.eval.Run;
import org.hippocamel.eval.Variant;

/**
 * Stores a labelled set in a running service, asks its queries and scores the answers. Queries are
 * asked one after the other, so that latencies are those of a lone caller.
 */
public final class Evaluation {
  private static final int WRITERS = 4;
  private static final int DOCUMENTS_PER_CALL = 32;
  private final HippocamelClient client;
  private final int depth;
  private final Progress progress;

  /**
   * @param client of the service to measure
   * @param depth results asked of each search; metrics that look deeper see no more
   * @param progress told what is going on
   */
  public Evaluation(HippocamelClient client, int depth, Progress progress) {
    this.client = client;
    this.depth = depth;
    this.progress = progress;
  }

  /**
   * Measures each variant.
   *
   * @param ingestSeconds that {@link #store} took, 0 where the corpus was there already
   * @param earlier runs over the same queries to compare with, none of them measured again
   */
  public Report run(
      Dataset dataset, List<Variant> variants, double ingestSeconds, List<Run> earlier) {
    List<Run> runs = new ArrayList<>();
    for (Variant variant : variants) {
      runs.add(ask(dataset, variant));
    }
    progress.begin(dataset.name() + ": resampling", 0);
    return Report.of(
        dataset.name(),
        dataset.documents().size(),
        client.space(),
        depth,
        ingestSeconds,
        runs,
        earlier);
  }

  /**
   * Stores the corpus.
   *
   * @return seconds that it took
   */
  public double store(Dataset dataset) {
    List<Dataset.Document> documents =
        dataset.documents().stream().filter(one -> !one.whole().isBlank()).toList();
    progress.begin(dataset.name() + ": storing documents", documents.size());
    long began = System.nanoTime();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> pending = new ArrayList<>();
      for (int from = 0; from < documents.size(); from += DOCUMENTS_PER_CALL) {
        List<Dataset.Document> slice =
            documents.subList(from, Math.min(from + DOCUMENTS_PER_CALL, documents.size()));
        pending.add(writers.submit(() -> store(slice)));
      }
      for (Future<?> stored : pending) {
        stored.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      writers.shutdownNow();
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private void store(List<Dataset.Document> slice) {
    client.store(slice);
    progress.did(slice.size());
  }

  private Run ask(Dataset dataset, Variant variant) {
    List<Dataset.Query> queries = dataset.queries();
    progress.begin(dataset.name() + ": asking " + variant.name(), queries.size());
    List<Ranking> rankings = new ArrayList<>();
    long[] nanos = new long[queries.size()];
    for (int i = 0; i < nanos.length; i++) {
      long began = System.nanoTime();
      List<Ranking.Scored> found = search(queries.get(i), variant);
      nanos[i] = System.nanoTime() - began;
      rankings.add(Ranking.of(found));
      progress.did(1);
    }
    return Run.of(variant.name(), dataset, rankings, Latency.of(nanos));
  }

  private List<Ranking.Scored> search(Dataset.Query query, Variant variant) {
    return client.search(query.text(), depth, variant);
  }
}
