package org.hippocamel.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hippocamel.eval.BeirFolder;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Evaluation;
import org.hippocamel.eval.HippocamelClient;
import org.hippocamel.eval.HtmlReport;
import org.hippocamel.eval.JsonReport;
import org.hippocamel.eval.Report;
import org.hippocamel.eval.Run;
import org.hippocamel.eval.TextReport;
import org.hippocamel.eval.Unit;
import org.hippocamel.eval.Variant;

/**
 * Measures retrieval on a labelled set in BEIR's layout.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.EvalDrill dataset=DIR
 * [mode=vector,lexical,hybrid] [depth=10] [unit=memory|document] [json=FILE] [html=FILE]
 * [earlier=FILE] [url=http://... [key=KEY] [store=true]]}. Without {@code url} the packaged program
 * is started in a folder of its own and the set is stored there; with it, what is there is asked,
 * and the set stored before only when that is said. {@code earlier} is the JSON of another run to
 * compare with.
 */
public final class EvalDrill {
  private EvalDrill() {}

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    String url = given.text("url", "");
    if (!url.isEmpty()) {
      run(given, url, given.text("store", "false").equals("true"));
      return;
    }
    Path folder = Files.createTempDirectory("eval-drill");
    BundleProcess.install(folder);
    // Without its cache, so that each variant pays for the embedding of its queries.
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of(), "-Dembed.cache-bytes=0")) {
      run(given, bundle.rest(), true);
    }
  }

  private static void run(Arguments given, String url, boolean store) throws Exception {
    long began = System.nanoTime();
    Dataset dataset = BeirFolder.read(Path.of(given.text("dataset", "")));
    Unit unit = Unit.valueOf(given.text("unit", "memory").toUpperCase(Locale.ROOT));
    HippocamelClient client = new HippocamelClient(url, given.text("key", ""), unit);
    String earlier = given.text("earlier", "");
    List<Run> runs =
        earlier.isEmpty()
            ? List.of()
            : JsonReport.runs(Files.readString(Path.of(earlier))).stream()
                .map(run -> run.named("earlier " + run.name()))
                .toList();
    Report report =
        new Evaluation(client, given.number("depth", 10), System.err::println)
            .run(dataset, Variant.list(given.text("mode", "vector,lexical,hybrid")), store, runs);
    System.out.println(TextReport.of(report));
    write(given.text("json", ""), JsonReport.of(report));
    write(given.text("html", ""), HtmlReport.of(report));
    System.out.printf(Locale.ROOT, "took %.1f s%n", (System.nanoTime() - began) / 1e9);
  }

  private static void write(String file, String text) throws Exception {
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), text);
    }
  }
}
