package org.hippocamel.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Latency;
import org.hippocamel.eval.Ranking;
import org.hippocamel.eval.Report;
import org.hippocamel.eval.Run;
import org.hippocamel.eval.Variant;
import org.hippocamel.job.JobRun;
import org.hippocamel.spaces.ActiveSpace;

/**
 * An evaluation while it is made. Documents are stored by several threads, everything else is done
 * by one at a time.
 */
public final class Assessment {
  private final JobRun run;
  private final List<Variant> variants;
  private Dataset dataset;
  private List<Run> earlier = List.of();
  private Ranking[][] rankings;
  private long[][] searchNanos;
  private final Map<String, long[]> embedNanos = new HashMap<>(); // by space
  private long storingBegan;
  private double ingestSeconds;
  private String space;
  private Document table;

  Assessment(JobRun run) {
    this.run = run;
    this.variants =
        run.parameters().getList("modes", String.class).stream().map(Variant::of).toList();
  }

  JobRun run() {
    return run;
  }

  /** Name of the set's folder, or null when a tenant's own memories are asked. */
  String folder() {
    return run.parameters().getString("dataset");
  }

  /** Id of the evaluation to compare with, or null. */
  public String earlierId() {
    return run.parameters().getString("earlier");
  }

  int depth() {
    return run.parameters().getInteger("depth");
  }

  /** Whether judgements name sources, and not memories. */
  boolean sources() {
    return run.parameters().getBoolean("sources", false);
  }

  /** Whether the set is put into a tenant that goes away again. */
  public boolean throwAway() {
    return folder() != null;
  }

  /** Whose memories are asked. No key's tenant begins so: nobody else ever sees a set's. */
  public String tenant() {
    return throwAway() ? ActiveSpace.SET + run.named().id() : run.named().tenant();
  }

  List<Variant> variants() {
    return variants;
  }

  Dataset dataset() {
    return dataset;
  }

  /** The documents that have words. */
  List<Dataset.Document> documents() {
    return dataset.documents().stream().filter(one -> !one.whole().isBlank()).toList();
  }

  void load(Dataset set, List<Run> before) {
    dataset = set;
    earlier = before;
    int queries = set.queries().size();
    rankings = new Ranking[variants.size()][queries];
    searchNanos = new long[variants.size()][queries];
    run.progress().expect(documents().size() + (long) variants.size() * queries);
  }

  void storing(long now) {
    storingBegan = now;
  }

  void stored(long now) {
    ingestSeconds = throwAway() ? (now - storingBegan) / 1e9 : 0;
  }

  void embedded(Question question, long nanos) {
    long[] ofSpace =
        embedNanos.computeIfAbsent(question.space(), space -> new long[dataset.queries().size()]);
    ofSpace[question.query()] = nanos;
  }

  private long embedding(Question question) {
    long[] nanos = embedNanos.get(question.space());
    return nanos == null || !question.byVector() ? 0 : nanos[question.query()];
  }

  void answered(Question question, Ranking found, String inSpace, long nanos) {
    rankings[question.variant()][question.query()] = found;
    searchNanos[question.variant()][question.query()] = nanos + embedding(question);
    space = inSpace;
    run.progress().did(1);
  }

  Report report() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < variants.size(); i++) {
      runs.add(
          Run.of(
              variants.get(i).name(), dataset, List.of(rankings[i]), Latency.of(searchNanos[i])));
    }
    return Report.of(
        dataset.name(), documents().size(), space, depth(), ingestSeconds, runs, earlier);
  }

  /** Keeps what callers see of the report until the evaluation is over. */
  void done(Document shown) {
    table = shown;
  }

  /** What callers see of the report, or null before it is stored. */
  Document table() {
    return table;
  }
}
