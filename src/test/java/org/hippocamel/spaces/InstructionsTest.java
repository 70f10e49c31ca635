package org.hippocamel.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionsTest {
  private static final Instructions AUTO = new Instructions("auto", "auto");

  @ParameterizedTest
  @CsvSource({
    "BAAI/bge-small-en-v1.5, sentence, ''",
    "/models/bge-large-en/, sentence, ''",
    "BAAI/bge-m3, '', ''",
    "BAAI/bge-small-zh-v1.5, '', ''",
    "mixedbread-ai/mxbai-embed-large-v1, sentence, ''",
    "Snowflake/snowflake-arctic-embed-m-v1.5, sentence, ''",
    "Snowflake/snowflake-arctic-embed-l, sentence, ''",
    "Snowflake/snowflake-arctic-embed-l-v2.0, 'query: ', ''",
    "nomic-ai/nomic-embed-text-v1.5, 'search_query: ', 'search_document: '",
    "intfloat/e5-base-v2, 'query: ', 'passage: '",
    "intfloat/multilingual-e5-small, 'query: ', 'passage: '",
    "intfloat/multilingual-e5-large-instruct, '', ''",
    "intfloat/e5-mistral-7b-instruct, '', ''",
    "thenlper/gte-base, '', ''",
    "Alibaba-NLP/gte-large-en-v1.5, '', ''",
    "Alibaba-NLP/gte-Qwen2-7B-instruct, '', ''",
    "sentence-transformers/all-MiniLM-L6-v2, '', ''",
    "acme/some-model, '', ''"
  })
  void auto_isWhatTheModelCardSays(String model, String query, String document) {
    String before =
        query.equals("sentence")
            ? "Represent this sentence for searching relevant passages: "
            : query;
    assertEquals(new Instructions(before, document), AUTO.of(model));
  }

  @Test
  void text_isTakenAsItIs() {
    Instructions own = new Instructions("ask: ", "");
    assertEquals(own, own.of("intfloat/e5-base-v2"));
    assertEquals(
        new Instructions("", "passage: "),
        new Instructions("", " auto ").of("intfloat/e5-base-v2"));
  }
}
