package org.hippocamel.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A scripted TEI: the wire shapes and limits of the real one, vectors and scores that are only a
 * hash of the text, and failures on command. Thread-safe; starts in the constructor on loopback.
 *
 * <p>A call goes through the checks of a real one in their order, takes a permit for each text, and
 * is then served by a device that does one call after another. A status of 0 in the failure methods
 * means: drop the connection without an answer.
 */
public final class StubTei implements AutoCloseable {
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private final Options options;
  private final Counters counters = new Counters();
  private final Failures failures = new Failures();
  private ScheduledExecutorService absences;
  private boolean away;
  private StubServer server;
  private int port;

  /** What a real one has flags for, and how long it takes. Immutable. */
  public static final class Options implements Cloneable {
    int port;
    int dimensions = 384;
    String modelId = "BAAI/bge-small-en-v1.5";
    int serviceMillis;
    int parallelMillis;
    int maxClientBatchSize = 32;
    int maxConcurrentRequests = 512;
    int payloadLimit = 2_000_000;
    String apiKey;
    Dialect dialect = Dialect.TEI_1_9;
    boolean remembersCalls = true;
    boolean reranks;

    private Options() {}

    /** Those of a stock TEI 1.9 with bge-small, on a free port, instant. */
    public static Options defaults() {
      return new Options();
    }

    /** 0 for a free one. */
    public Options withPort(int value) {
      return with(options -> options.port = value);
    }

    /** Length of every vector. */
    public Options withDimensions(int value) {
      return with(options -> options.dimensions = value);
    }

    /** Reported by {@code /info} and in replies. */
    public Options withModelId(String value) {
      return with(options -> options.modelId = value);
    }

    /** Time the device is busy with one embedding call; the next one waits. */
    public Options withServiceMillis(int value) {
      return with(options -> options.serviceMillis = value);
    }

    /** Time that every embedding call takes beyond that, side by side. */
    public Options withParallelMillis(int value) {
      return with(options -> options.parallelMillis = value);
    }

    /** Texts of a call; more is refused as invalid. */
    public Options withMaxClientBatchSize(int value) {
      return with(options -> options.maxClientBatchSize = value);
    }

    /** Texts in flight; more is answered 429. */
    public Options withMaxConcurrentRequests(int value) {
      return with(options -> options.maxConcurrentRequests = value);
    }

    /** Bytes of a request; more is answered 413 in plain text. */
    public Options withPayloadLimit(int value) {
      return with(options -> options.payloadLimit = value);
    }

    /** Callers without this bearer key are answered 401; null for none. */
    public Options withApiKey(String value) {
      return with(options -> options.apiKey = value);
    }

    public Options withDialect(Dialect value) {
      return with(options -> options.dialect = value);
    }

    /** Serves {@code /rerank} and no embeddings, by a model of that name. */
    public Options asReranker(String model) {
      return withModelId(model).with(options -> options.reranks = true);
    }

    /** Keeps no {@link #calls}: a long run would fill the memory with them. */
    public Options withoutMemory() {
      return with(options -> options.remembersCalls = false);
    }

    private Options with(Consumer<Options> change) {
      try {
        Options changed = (Options) clone();
        change.accept(changed);
        return changed;
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /**
   * One call of {@code /embed}, {@code /v1/embeddings} or {@code /rerank}, as it arrived.
   *
   * @param headers names in lower case
   */
  public record Call(String path, List<String> texts, Map<String, String> headers, JsonNode body) {}

  /**
   * What has happened since the start, or since {@link #forgetCalls}.
   *
   * @param calls of the model's routes, refused ones included
   * @param texts of these calls
   * @param answered texts that were answered 200
   * @param overloaded calls answered 429
   * @param maxTextsInFlight the most that were being served at one moment
   * @param connections accepted
   */
  public record Counts(
      long calls,
      long texts,
      long answered,
      long overloaded,
      int maxTextsInFlight,
      long connections) {}

  public StubTei() {
    this(Options.defaults());
  }

  /**
   * @throws UncheckedIOException when the port cannot be had
   */
  public StubTei(Options options) {
    this.options = options;
    this.port = options.port;
    listen();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * The vector this stub gives for a text: unit length, the same in every run. A shorter one is the
   * beginning of a longer one, brought to unit length again.
   */
  public static float[] vector(String text, int dimensions) {
    long state = hash(text);
    float[] vector = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      state += STEP;
      vector[i] = (int) (mixed(state) >>> 32) * 0x1p-31f;
      squares += (double) vector[i] * vector[i];
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < dimensions; i++) {
      vector[i] *= scale;
    }
    return vector;
  }

  /** The logit this stub gives for a pair, in (-8, 8): the same in every run, and no wisdom. */
  public static float logit(String query, String text) {
    return (int) (mixed(hash(query + "\n" + text) + STEP) >>> 32) * 0x1p-28f;
  }

  /** FNV-1a over the characters. */
  private static long hash(String text) {
    long state = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      state = (state ^ text.charAt(i)) * 0x100000001b3L;
    }
    return state;
  }

  /** SplitMix64. */
  private static long mixed(long state) {
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed;
  }

  /** The next {@code n} embedding calls are answered with this status and body. */
  public void failNext(int n, int status, String body) {
    failures.next(n, status, body);
  }

  /** Every embedding call that holds a matching text fails as a whole, until {@link #heal}. */
  public void fail(Predicate<String> text, int status, String body) {
    failures.ofTexts(text, status, body);
  }

  /** Every embedding call waits this long, side by side, before the device serves it. */
  public void delay(long millis) {
    failures.delay(millis);
  }

  /**
   * Begins a script, in place of an earlier one: seconds and calls count from now.
   *
   * @param lines as in {@link Fault}
   * @throws IllegalArgumentException naming the line that cannot be read
   */
  public void play(String... lines) {
    play(Fault.script(Arrays.asList(lines)));
  }

  /** Begins a script, in place of an earlier one: seconds and calls count from now. */
  public synchronized void play(List<Fault> faults) {
    endAbsences();
    Script script = new Script(faults);
    failures.play(script);
    for (Fault fault : faults) {
      if (fault.effect() == Effect.AWAY) {
        later(fault.from(), script, true);
        later(fault.to(), script, false);
      }
    }
  }

  /** Forgets all failures, the script and the delay; what was stopped by hand stays stopped. */
  public synchronized void heal() {
    endAbsences();
    failures.heal();
  }

  private void later(Duration wait, Script script, boolean away) {
    if (absences == null) {
      absences =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "stub-tei-script");
                thread.setDaemon(true);
                return thread;
              });
    }
    absences.schedule(() -> away(script, away), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does nothing for a script that another has replaced. */
  private synchronized void away(Script script, boolean wanted) {
    if (script == failures.script() && wanted != away) {
      away = wanted;
      if (away) {
        server.close();
      } else {
        listen();
      }
    }
  }

  private void endAbsences() {
    if (absences != null) {
      absences.shutdownNow();
      absences = null;
      away(failures.script(), false);
    }
  }

  /** Embedding calls so far, failed ones included. */
  public List<Call> calls() {
    return counters.calls();
  }

  /** Counts from zero again. */
  public void forgetCalls() {
    counters.reset();
  }

  public Counts counts() {
    return counters.counts();
  }

  /** The largest number of texts that were being served at one moment. */
  public int maxTextsInFlight() {
    return counts().maxTextsInFlight();
  }

  /** Closes the port and all connections; {@link #restartOnSamePort} brings it back. */
  public synchronized void stop() {
    server.close();
  }

  public synchronized void restartOnSamePort() {
    listen();
  }

  @Override
  public synchronized void close() {
    endAbsences();
    stop();
  }

  private void listen() {
    StubRoutes routes = new StubRoutes(options, counters, failures);
    server = new StubServer(port, routes, counters::connected);
    port = server.port();
  }
}
