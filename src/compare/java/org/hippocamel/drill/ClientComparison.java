package org.hippocamel.drill;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.hippocamel.bench.StubTei;
import org.slf4j.LoggerFactory;

/**
 * Hippocamel, LangChain4j and Spring AI side by side: the same texts, the same scripted TEI (one
 * call at a time, 5 ms each, stock limits), one run, in changing order. Prints the tables of {@code
 * docs/benchmarks.md}.
 *
 * <p>{@code mvn -B -q -Pcompare verify}, or with arguments {@code -Dcompare.arguments="rounds=5
 * texts=10000 singles=2560 crowd=256 tables=1234567 option=-Dkey=value"}; the option is one of
 * Hippocamel's, which runs with its shipped settings otherwise. Hippocamel is the packaged program in a process of its own; the
 * libraries and the scripted TEI run here.
 */
public final class ClientComparison {
  private static final int SERVICE_MILLIS = 5;
  private static final int TEXTS_PER_REQUEST = 32;
  private static final int STORM_SECONDS = 5;

  /** With their waits these libraries try for longer than the storm lasts. */
  private static final int RETRIES = 10;

  private static final int WORDS = 20;

  private final int rounds;
  private final int texts;
  private final int singles;
  private final int crowd;
  private final StubTei tei;
  private final BundleProcess bundle;
  private final OperatingSystemMXBean here =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final String tables;
  private int printed;
  private int tasks;

  private ClientComparison(Arguments given, StubTei tei, BundleProcess bundle) {
    this.rounds = given.number("rounds", 5);
    this.texts = given.number("texts", 10_000);
    this.singles = given.number("singles", 2_560);
    this.crowd = given.number("crowd", 256);
    this.tables = given.text("tables", "1234567");
    this.tei = tei;
    this.bundle = bundle;
  }

  public static void main(String[] args) throws Exception {
    // It logs each retry with its stack, which would cost it more than the retry.
    ((Logger) LoggerFactory.getLogger("dev.langchain4j")).setLevel(Level.ERROR);
    Arguments given = new Arguments(args);
    Path folder = Files.createTempDirectory("client-comparison");
    BundleProcess.install(folder);
    try (StubTei tei =
            new StubTei(StubTei.Options.defaults().withServiceMillis(SERVICE_MILLIS).withoutMemory());
        BundleProcess bundle =
            BundleProcess.start(
                folder,
                Map.of("TEI_URL", tei.url()),
                given.text("option", "-Dlog.level=INFO"))) {
      new ClientComparison(given, tei, bundle).run(bundle.rest(), bundle.store());
    }
  }

  private void run(String hippocamel, String store) throws Exception {
    System.out.printf(
        "JDK %s, %d processors, %d rounds%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds);
    List<Contender> best =
        List.of(
            new Contender("Hippocamel, plain HTTP", new GatewayClient(hippocamel), 256, 4),
            new Contender(
                "LangChain4j to Hippocamel", langChain4j(hippocamel), TEXTS_PER_REQUEST, 8),
            new Contender("Spring AI to Hippocamel", springAi(hippocamel), TEXTS_PER_REQUEST, 8),
            new Contender("LangChain4j to TEI", langChain4j(tei.url()), TEXTS_PER_REQUEST, 8),
            new Contender("Spring AI to TEI", springAi(tei.url()), TEXTS_PER_REQUEST, 8));
    List<Contender> asTheyCome =
        List.of(
            new Contender(
                "LangChain4j to TEI, as it comes",
                LangChain4jClient.plain(tei.url()),
                texts,
                1),
            new Contender(
                "Spring AI to TEI, as it comes", SpringAiClient.plain(tei.url()), texts, 1));
    List<Contender> all = new ArrayList<>(best);
    all.addAll(asTheyCome);
    warmUp(best);
    table("A list of %,d texts".formatted(texts), all, texts, false, stub -> {});
    table(
        "%d callers, one text each, %,d texts".formatted(crowd, singles),
        best,
        singles,
        true,
        stub -> {});
    table("A list of %,d texts, 429 for 5 s".formatted(texts), best, texts, false, storm());
    table(
        "%d callers, one text each, %,d texts, 429 for 5 s".formatted(crowd, singles),
        best,
        singles,
        true,
        storm());
    table("A list of 1,000 texts, one of them refused", best, 1_000, false, poison());
    try (WritingClient writing = new WritingClient(hippocamel, store)) {
      List<Contender> writer =
          List.of(new Contender("Hippocamel, stored and indexed as well", writing, 1_000, 4));
      measure(writer.get(0), texts / 2, false, stub -> {});
      table("A list of %,d texts, stored".formatted(texts), writer, texts, false, stub -> {});
      table("A list of 1,000 texts, one refused, stored", writer, 1_000, false, poison());
    }
  }

  private static Client langChain4j(String url) {
    return LangChain4jClient.best(url, TEXTS_PER_REQUEST, RETRIES);
  }

  private Client springAi(String url) {
    return SpringAiClient.best(url, RETRIES, crowd);
  }

  private static Consumer<StubTei> storm() {
    return stub -> stub.play("0s..%ds overloaded".formatted(STORM_SECONDS));
  }

  private static Consumer<StubTei> poison() {
    return stub ->
        stub.fail(
            text -> text.startsWith("text 500 "),
            422,
            "{\"message\":\"no such text\",\"code\":422,\"type\":\"Validation\"}");
  }

  private void warmUp(List<Contender> contenders) throws Exception {
    for (Contender contender : contenders) {
      for (int round = 0; round < 2; round++) {
        measure(contender, texts / 2, false, stub -> {});
        measure(contender, singles / 4, true, stub -> {});
      }
    }
  }

  private void table(
      String title, List<Contender> contenders, int count, boolean single, Consumer<StubTei> fault)
      throws Exception {
    printed++;
    if (!tables.contains("" + printed)) {
      return;
    }
    Map<Contender, List<Measured>> measured = new LinkedHashMap<>();
    contenders.forEach(contender -> measured.put(contender, new ArrayList<>()));
    List<Contender> order = new ArrayList<>(contenders);
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : order) {
        measured.get(contender).add(measure(contender, count, single, fault));
      }
      Collections.reverse(order); // whoever comes later finds a warmer machine
    }
    print(title, measured);
  }

  private Measured measure(
      Contender contender, int count, boolean single, Consumer<StubTei> fault) throws Exception {
    Task task =
        new Task(
            texts(count),
            single ? 1 : contender.textsPerCall(),
            single ? crowd : contender.callers());
    tei.heal();
    fault.accept(tei);
    Measured measured = task.run(contender.client(), tei, this::processorSeconds);
    tei.heal();
    return measured;
  }

  private double processorSeconds() {
    return here.getProcessCpuTime() / 1e9 + bundle.processorSeconds();
  }

  /** Alike for everybody but for the number of the task, so that nobody has met them before. */
  private List<String> texts(int count) {
    tasks++;
    Prose prose = new Prose(1);
    List<String> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      made.add("text %d of task %d: %s".formatted(i, tasks, prose.words(WORDS)));
    }
    return made;
  }

  private static void print(String title, Map<Contender, List<Measured>> measured) {
    System.out.printf("%n### %s%n%n", title);
    System.out.println(
        "| Way | Texts/s | Against the first | 99 % of calls below, ms | Longest, ms |"
            + " Processor, ms a text | Requests to TEI | Most texts in TEI | Lost | Wrong |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    double first = 0;
    List<String> failures = new ArrayList<>();
    for (Map.Entry<Contender, List<Measured>> entry : measured.entrySet()) {
      Measured middle = Measured.middle(entry.getValue());
      first = first == 0 ? middle.textsPerSecond() : first;
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %.2f | %,.0f | %,.0f | %.2f | %,d | %,d | %,d | %,d |%n",
          entry.getKey().name(),
          middle.textsPerSecond(),
          middle.textsPerSecond() / first,
          middle.slowMillis(),
          middle.longestMillis(),
          middle.processorMillis(),
          middle.requests(),
          middle.inFlight(),
          middle.lost(),
          middle.wrong());
      if (middle.failure() != null) {
        failures.add(entry.getKey().name() + ": " + middle.failure());
      }
    }
    System.out.println();
    failures.forEach(failure -> System.out.println("- " + failure));
  }
}
