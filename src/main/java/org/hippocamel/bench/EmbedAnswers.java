package org.hippocamel.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The scripted TEI as an embedding model. */
final class EmbedAnswers extends ModelCalls {
  EmbedAnswers(StubTei.Options options, Counters counters, Failures failures) {
    super(options, counters, failures);
  }

  @Override
  HttpReply unfit(Asked asked) {
    List<String> texts = asked.texts();
    if (texts.isEmpty() || texts.contains("")) {
      return empty(asked);
    }
    if (!truncates(asked)) {
      int longest = texts.stream().mapToInt(StubTokens::count).max().orElse(0);
      if (longest > MAX_TOKENS) {
        return tooLong(asked, longest);
      }
    }
    int wanted = dimensions(asked);
    return wanted < 1 || wanted > options.dimensions
        ? invalid(asked, INVALID + "`dimensions` must be within 1 and " + options.dimensions)
        : null;
  }

  private int dimensions(Asked asked) {
    return asked.call().body().path("dimensions").asInt(options.dimensions);
  }

  @Override
  HttpReply result(Asked asked) {
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
    return HttpReply.json(200, body).with(metadata(tokens, characters));
  }

  private static float[] nothing(int length) {
    float[] vector = new float[length];
    Arrays.fill(vector, Float.NaN);
    return vector;
  }
}
