package org.hippocamel.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The scripted TEI as a reranking model. */
final class RerankAnswers extends ModelCalls {
  RerankAnswers(StubTei.Options options, Counters counters, Failures failures) {
    super(options, counters, failures);
  }

  /** What stands in the answer for one text. */
  record Rank(int index, float score, String text) {}

  /** No texts are refused before the model is looked at; an empty one needs a query. */
  @Override
  HttpReply unfit(Asked asked) {
    String query = query(asked);
    if (query.isEmpty() && asked.texts().contains("")) {
      return empty(asked);
    }
    int longest = asked.texts().stream().mapToInt(text -> tokens(query, text)).max().orElse(0);
    return truncates(asked) ? null : tooLong(asked, longest);
  }

  @Override
  HttpReply result(Asked asked) {
    String query = query(asked);
    boolean texts = asked.call().body().path("return_text").asBoolean(false);
    boolean logits =
        asked.struck().by(Effect.LOGITS) || asked.call().body().path("raw_scores").asBoolean(false);
    List<Rank> ranks = new ArrayList<>();
    int tokens = 0;
    int characters = 0;
    for (String text : asked.texts()) {
      float logit = asked.struck().nulls(text) ? Float.NaN : StubTei.logit(query, text);
      float score = logits ? logit : (float) (1 / (1 + Math.exp(-logit)));
      ranks.add(new Rank(ranks.size(), score, texts ? text : null));
      tokens += Math.min(MAX_TOKENS, tokens(query, text));
      characters += query.codePointCount(0, query.length()) + text.codePointCount(0, text.length());
    }
    spoil(ranks, asked.struck());
    ranks.sort(
        Comparator.comparing(Rank::score)
            .thenComparing(Rank::index)
            .reversed()); // equal scores with the higher index first
    return HttpReply.json(200, StubJson.ranks(ranks)).with(metadata(tokens, characters));
  }

  private static void spoil(List<Rank> ranks, Struck struck) {
    if (struck.by(Effect.MISSING)) {
      ranks.remove(0);
    }
    if (struck.by(Effect.TWICE)) {
      ranks.set(0, ranks.get(ranks.size() - 1));
    }
  }

  private static String query(Asked asked) {
    return asked.call().body().path("query").asText();
  }

  /** The two special tokens of each, as for two texts. */
  private static int tokens(String query, String text) {
    return StubTokens.count(query) + StubTokens.count(text);
  }
}
