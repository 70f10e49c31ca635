package org.hippocamel.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hippocamel.Bundle;
import org.hippocamel.eval.BeirFolder;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.HtmlReport;
import org.hippocamel.eval.JsonReport;
import org.hippocamel.eval.Report;
import org.hippocamel.eval.Run;
import org.hippocamel.eval.TextReport;
import org.hippocamel.eval.Variant;
import org.hippocamel.eval.wire.Evaluation;
import org.hippocamel.eval.wire.HippocamelClient;
import org.hippocamel.eval.wire.Unit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how well memories are found: on a labelled set, over REST. */
@Command(
    name = "eval",
    header = "Measure how well memories are found, on a labelled set.",
    description = {
      "Without --url: starts a private bundle in this process (free ports, temporary store), stores"
          + " the set there and asks its queries. The embedder is TEI_URL's or the embedded one.",
      "A mode may name stages and fields of a search request: hybrid+rerank, hybrid:fusion=rrf,"
          + " hybrid:lexical_weight=0.2. Every mode is compared with every other, query by query.",
      "With --space each mode is asked in each of these spaces: that compares embedding models. The"
          + " private bundle fills the space of the model at NEXT_TEI_URL as well."
    })
final class EvalVerb extends Verb {
  /**
   * Without its cache, so that each mode pays for the embedding of its queries; and patient, for
   * nobody else waits for what a busy machine embeds late.
   */
  private static final Map<String, String> OWN =
      Map.of(
          "embed.cache-bytes", "0",
          "tei.timeout-millis", "3600000",
          "embed.ingest-deadline-millis", "36000000",
          "embed.query-deadline-millis", "36000000",
          "mongo.bulk-deadline-millis", "3600000");

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description =
          "folder in BEIR's layout: corpus.jsonl, queries.jsonl (plain or .gz), and qrels.tsv,"
              + " qrels/test.tsv or a label in every line")
  private Path dataset;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "vector,lexical,hybrid",
      description = "what to measure, commas between (default: ${DEFAULT-VALUE})")
  private String mode;

  @Option(
      names = "--space",
      paramLabel = "ID",
      description =
          "ask in this embedding space, or in all that are complete; may be given several times"
              + " (default: the active one)")
  private List<String> spaces = List.of();

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "results asked of each search; no metric looks deeper than 100, latencies are those of"
              + " this depth (default: ${DEFAULT-VALUE})")
  private int depth;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      defaultValue = "MEMORY",
      description =
          "what a document becomes: memory, title and text in one, or document, cut into passages"
              + " (default: ${DEFAULT-VALUE})")
  private Unit unit;

  @Option(names = "--json", paramLabel = "FILE", description = "write all figures there too")
  private Path json;

  @Option(names = "--html", paramLabel = "FILE", description = "write a page with bars there too")
  private Path html;

  @Option(
      names = "--earlier",
      paramLabel = "FILE",
      description = "compare with the runs of this file, which --json has written before")
  private Path earlier;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "ask this Hippocamel instead; what it holds stays as it is without --store")
  private URI url;

  @Option(
      names = "--store",
      description = "store the set at --url before; it stays there, in the tenant of the key")
  private boolean store;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      defaultValue = "",
      description = "API key of the server at --url")
  private String apiKey;

  @Override
  public Integer call() throws IOException, InterruptedException {
    within("--depth", depth, 1, 1_000);
    checkFolder("--json", json);
    checkFolder("--html", html);
    if (url == null && (store || !apiKey.isEmpty())) {
      throw wrong("--store and --api-key are for a server at --url, which is missing");
    }
    List<Variant> variants = asked(() -> Variant.list(mode));
    Dataset set = asked(() -> BeirFolder.read(dataset));
    List<Run> runs = earlier == null ? List.of() : earlierRuns();
    try (Ending ending = new Ending()) {
      ProgressLines progress = new ProgressLines(err(), terminal(), Clock.systemUTC());
      HippocamelClient client = new HippocamelClient(server(ending, progress), apiKey, unit);
      Evaluation evaluation = new Evaluation(client, depth, progress);
      double seconds = url == null || store ? evaluation.store(set) : 0;
      List<Variant> asked = inSpaces(variants, client, progress);
      Report report = evaluation.run(set, asked, seconds, runs);
      progress.end();
      show(report);
    }
    return 0;
  }

  private String server(Ending ending, ProgressLines progress)
      throws IOException, InterruptedException {
    if (url != null) {
      return url.toString().replaceFirst("/+$", "");
    }
    progress.begin("starting a private bundle");
    Bundle bundle = privateBundle(ending, OWN);
    bundle.open();
    return bundle.url();
  }

  /** Each variant in each of the wanted spaces, which are there and complete by then. */
  private List<Variant> inSpaces(
      List<Variant> variants, HippocamelClient client, ProgressLines progress)
      throws InterruptedException {
    if (spaces.isEmpty()) {
      return variants;
    }
    if (url == null) {
      client.fillNextSpace(progress);
    }
    List<String> complete = client.completeSpaces();
    List<String> wanted = spaces.equals(List.of("all")) ? complete : spaces;
    for (String id : wanted) {
      if (!complete.contains(id)) {
        throw wrong("--space " + id + " is not there or not complete; these are: " + complete);
      }
    }
    return variants.stream().flatMap(variant -> wanted.stream().map(variant::in)).toList();
  }

  private Bundle privateBundle(Ending ending, Map<String, String> more) throws IOException {
    try {
      return PrivateBundle.start(ending, more);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private List<Run> earlierRuns() throws IOException {
    if (!Files.exists(earlier)) {
      throw wrong("--earlier " + earlier + " is not there");
    }
    String text = Files.readString(earlier);
    return asked(() -> JsonReport.runs(text)).stream()
        .map(run -> run.named("earlier " + run.name()))
        .toList();
  }

  /** Before the measuring, whose figures would be lost after it. */
  private void checkFolder(String option, Path file) {
    if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
      throw wrong(option + " " + file + " is in a folder that is not there");
    }
  }

  private void show(Report report) throws IOException {
    out().print(TextReport.of(report));
    out().flush();
    if (json != null) {
      Files.writeString(json, JsonReport.of(report));
    }
    if (html != null) {
      Files.writeString(html, HtmlReport.of(report));
    }
  }
}
