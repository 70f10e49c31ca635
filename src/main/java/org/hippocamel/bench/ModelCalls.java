package org.hippocamel.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Calls of the model in one life of the scripted TEI: the checks of a real one in its order, a
 * permit for each text, what the script wants, the device. Thread-safe.
 */
abstract class ModelCalls {
  static final int MAX_TOKENS = 512;
  static final String INVALID = "Input validation error: ";

  final StubTei.Options options;
  private final Counters counters;
  private final Failures failures;
  private final Device device;
  private final Semaphore permits;

  ModelCalls(StubTei.Options options, Counters counters, Failures failures) {
    this.options = options;
    this.counters = counters;
    this.failures = failures;
    this.device = new Device(options.serviceMillis);
    this.permits = new Semaphore(options.maxConcurrentRequests, true);
  }

  static HttpReply tooLarge() {
    return HttpReply.text(413, "Failed to buffer the request body: length limit exceeded");
  }

  static String batchSize(List<String> texts, StubTei.Options options) {
    int limit = options.maxClientBatchSize;
    return "batch size " + texts.size() + " > maximum allowed batch size " + limit;
  }

  /** The refusal of texts that a real one would not take, or null. */
  abstract HttpReply unfit(Asked asked);

  /** What the model makes of the texts. */
  abstract HttpReply result(Asked asked);

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

  record Asked(StubTei.Call call, boolean openAi, Struck struck) {
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
    if (asked.struck().by(Effect.OUT_OF_MEMORY)) {
      return asked.refused(424, "Backend", "Backend error: CUDA error: out of memory");
    }
    boolean hangUp = asked.struck().by(Effect.HANG_UP);
    return result(asked).with(hangUp ? HttpReply.Ending.CLOSED_AFTER : HttpReply.Ending.KEPT);
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
            case OUT_OF_MEMORY,
                NULL,
                DIMENSION,
                MODEL,
                LOGITS,
                MISSING,
                TWICE,
                SLOW,
                HANG_UP,
                AWAY ->
                null;
          };
      if (reply != null) {
        return reply;
      }
    }
    return null;
  }

  HttpReply empty(Asked asked) {
    int status = options.dialect.empty();
    return asked.refused(
        status, status == 400 ? "Empty" : "Validation", INVALID + "`inputs` cannot be empty");
  }

  /** The refusal of an input that is longer than the model reads, or null. */
  HttpReply tooLong(Asked asked, int tokens) {
    return tokens > MAX_TOKENS
        ? invalid(asked, INVALID + "`inputs` must have less than 512 tokens. Given: " + tokens)
        : null;
  }

  HttpReply invalid(Asked asked, String message) {
    return asked.refused(options.dialect.invalid(), "Validation", message);
  }

  private static HttpReply overloaded(Asked asked) {
    return asked.refused(429, "Overloaded", "Model is overloaded");
  }

  /** OpenAI's route cannot ask for it. */
  boolean truncates(Asked asked) {
    boolean stock = options.dialect.autoTruncate();
    return asked.openAi() ? stock : asked.call().body().path("truncate").asBoolean(stock);
  }

  Map<String, String> metadata(int tokens, int characters) {
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
