package org.hippocamel.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Embedding calls of one life of the scripted TEI: the checks of a real one in its order, a permit
 * for each text, what the script wants, the device. Thread-safe.
 */
final class EmbedAnswers {
  static final int MAX_TOKENS = 512;
  private static final String INVALID = "Input validation error: ";

  private final StubTei.Options options;
  private final Counters counters;
  private final Failures failures;
  private final Device device;
  private final Semaphore permits;

  EmbedAnswers(StubTei.Options options, Counters counters, Failures failures) {
    this.options = options;
    this.counters = counters;
    this.failures = failures;
    this.device = new Device(options.serviceMillis);
    this.permits = new Semaphore(options.maxConcurrentRequests, true);
  }

  /** The model that is named in replies. */
  String model() {
    return failures.script().pending(Effect.MODEL).map(Fault::word).orElse(options.modelId);
  }

  static HttpReply tooLarge() {
    return HttpReply.text(413, "Failed to buffer the request body: length limit exceeded");
  }

  static String batchSize(List<String> texts, StubTei.Options options) {
    int limit = options.maxClientBatchSize;
    return "batch size " + texts.size() + " > maximum allowed batch size " + limit;
  }

  HttpReply answer(StubTei.Call call, boolean openAi) throws InterruptedException {
    int size = call.texts().size();
    counters.called(size);
    if (options.remembersCalls) {
      counters.remember(call);
    }
    HttpReply reply = admitted(new Asked(call, openAi, failures.script().next(call.texts())));
    counters.ended(reply.status(), size);
    return reply;
  }

  private record Asked(StubTei.Call call, boolean openAi, Struck struck) {
    List<String> texts() {
      return call.texts();
    }

    HttpReply refused(int status, String kind, String message) {
      byte[] body =
          openAi ? StubJson.openAiError(status, kind, message) : StubJson.error(kind, message);
      return HttpReply.json(status, body);
    }
  }

  private HttpReply admitted(Asked asked) throws InterruptedException {
    int size = asked.texts().size();
    if (size > options.maxClientBatchSize) {
      return invalid(asked, batchSize(asked.texts(), options));
    }
    if (!admit(size)) {
      return overloaded(asked);
    }
    counters.entered(size);
    try {
      TimeUnit.MILLISECONDS.sleep(
          failures.delay() + asked.struck().delay() + options.parallelMillis);
      return served(asked);
    } finally {
      counters.left(size);
      permits.release(size);
    }
  }

  private boolean admit(int size) throws InterruptedException {
    if (options.dialect.batchesWait() && size > 1 && size <= options.maxConcurrentRequests) {
      permits.acquire(size);
      return true;
    }
    return permits.tryAcquire(size);
  }

  private HttpReply served(Asked asked) throws InterruptedException {
    HttpReply commanded = failures.commanded(asked.texts()).orElse(null);
    if (commanded != null) {
      return commanded;
    }
    HttpReply refused = scripted(asked);
    if (refused == null) {
      refused = unfit(asked);
    }
    if (refused != null) {
      return refused;
    }
    device.serve();
    return asked.struck().by(Effect.OUT_OF_MEMORY)
        ? asked.refused(424, "Backend", "Backend error: CUDA error: out of memory")
        : vectors(asked);
  }

  /** What the script puts in place of an answer, or null. */
  private HttpReply scripted(Asked asked) {
    for (Fault fault : asked.struck().faults()) {
      HttpReply reply =
          switch (fault.effect()) {
            case OVERLOADED -> overloaded(asked);
            case UNAVAILABLE -> asked.refused(503, "Unhealthy", "unhealthy");
            case INVALID -> invalid(asked, INVALID + "`inputs` must be what the script wants");
            case TOO_LARGE -> tooLarge();
            case STATUS -> HttpReply.empty((int) fault.amount());
            case RESET -> HttpReply.none(HttpReply.Ending.RESET);
            case DROP -> HttpReply.none(HttpReply.Ending.DROPPED);
            case OUT_OF_MEMORY, NULL, DIMENSION, MODEL, SLOW, HANG_UP, AWAY -> null;
          };
      if (reply != null) {
        return reply;
      }
    }
    return null;
  }

  /** The refusal of texts that a real one would not embed, or null. */
  private HttpReply unfit(Asked asked) {
    List<String> texts = asked.texts();
    if (texts.isEmpty() || texts.contains("")) {
      int status = options.dialect.empty();
      return asked.refused(
          status, status == 400 ? "Empty" : "Validation", INVALID + "`inputs` cannot be empty");
    }
    if (!truncates(asked)) {
      int longest = texts.stream().mapToInt(StubTokens::count).max().orElse(0);
      if (longest > MAX_TOKENS) {
        return invalid(
            asked, INVALID + "`inputs` must have less than 512 tokens. Given: " + longest);
      }
    }
    int wanted = dimensions(asked);
    return wanted < 1 || wanted > options.dimensions
        ? invalid(asked, INVALID + "`dimensions` must be within 1 and " + options.dimensions)
        : null;
  }

  private HttpReply invalid(Asked asked, String message) {
    return asked.refused(options.dialect.invalid(), "Validation", message);
  }

  private static HttpReply overloaded(Asked asked) {
    return asked.refused(429, "Overloaded", "Model is overloaded");
  }

  /** OpenAI's route cannot ask for it. */
  private boolean truncates(Asked asked) {
    boolean stock = options.dialect.autoTruncate();
    return asked.openAi() ? stock : asked.call().body().path("truncate").asBoolean(stock);
  }

  private int dimensions(Asked asked) {
    return asked.call().body().path("dimensions").asInt(options.dimensions);
  }

  private HttpReply vectors(Asked asked) {
    Struck struck = asked.struck();
    int length =
        struck.first(Effect.DIMENSION).map(f -> (int) f.amount()).orElse(dimensions(asked));
    List<float[]> vectors = new ArrayList<>(asked.texts().size());
    int tokens = 0;
    int characters = 0;
    for (String text : asked.texts()) {
      vectors.add(struck.nulls(text) ? nothing(length) : StubTei.vector(text, length));
      tokens += Math.min(MAX_TOKENS, StubTokens.count(text));
      characters += text.codePointCount(0, text.length());
    }
    boolean base64 = asked.call().body().path("encoding_format").asText("float").equals("base64");
    String model = struck.first(Effect.MODEL).map(Fault::word).orElse(options.modelId);
    byte[] body =
        asked.openAi()
            ? StubJson.openAi(vectors, base64, model, tokens)
            : StubJson.vectors(vectors);
    return HttpReply.json(200, body)
        .with(metadata(tokens, characters))
        .with(struck.by(Effect.HANG_UP) ? HttpReply.Ending.CLOSED_AFTER : HttpReply.Ending.KEPT);
  }

  private static float[] nothing(int length) {
    float[] vector = new float[length];
    Arrays.fill(vector, Float.NaN);
    return vector;
  }

  private Map<String, String> metadata(int tokens, int characters) {
    String millis = "" + (options.serviceMillis + options.parallelMillis);
    return Map.of(
        "x-compute-type",
        "gpu+optimized",
        "x-compute-time",
        millis,
        "x-total-time",
        millis,
        "x-inference-time",
        millis,
        "x-tokenization-time",
        "0",
        "x-queue-time",
        "0",
        "x-compute-characters",
        "" + characters,
        "x-compute-tokens",
        "" + tokens);
  }
}
