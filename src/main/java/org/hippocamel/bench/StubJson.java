package org.hippocamel.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The bodies of a TEI's answers, streamed: a tree of numbers would cost more than the bundle that
 * is measured.
 */
final class StubJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private StubJson() {}

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] body(int size, Content content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(size);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /** An error as the native routes give it. */
  static byte[] error(String kind, String message) {
    return body(
        256,
        json -> {
          json.writeStartObject();
          json.writeStringField("error", message);
          json.writeStringField("error_type", kind);
          json.writeEndObject();
        });
  }

  /** An error as {@code /v1/embeddings} gives it. */
  static byte[] openAiError(int status, String kind, String message) {
    return body(
        256,
        json -> {
          json.writeStartObject();
          json.writeStringField("message", message);
          json.writeNumberField("code", status);
          json.writeStringField("type", kind);
          json.writeEndObject();
        });
  }

  /**
   * @param model the name that is served
   */
  static byte[] info(StubTei.Options options, String model) {
    return body(
        1_024,
        json -> {
          json.writeStartObject();
          json.writeStringField("model_id", model);
          json.writeNullField("model_sha");
          json.writeStringField("model_dtype", "float32");
          if (options.dialect == Dialect.TEI_1_9) {
            json.writeStringField("served_model_name", model);
          }
          json.writeObjectFieldStart("model_type");
          modelType(json, options.reranks);
          json.writeEndObject();
          json.writeNumberField("max_concurrent_requests", options.maxConcurrentRequests);
          json.writeNumberField("max_input_length", ModelCalls.MAX_TOKENS);
          json.writeNumberField("max_batch_tokens", 16_384);
          json.writeNumberField("max_batch_requests", 8);
          json.writeNumberField("max_client_batch_size", options.maxClientBatchSize);
          json.writeBooleanField("auto_truncate", options.dialect.autoTruncate());
          json.writeNumberField("tokenization_workers", 1);
          json.writeStringField("version", options.dialect.version());
          json.writeNullField("sha");
          json.writeStringField("docker_label", "stub");
          json.writeEndObject();
        });
  }

  private static void modelType(JsonGenerator json, boolean reranks) throws IOException {
    if (reranks) {
      json.writeObjectFieldStart("reranker");
      json.writeObjectFieldStart("id2label");
      json.writeStringField("0", "LABEL_0");
      json.writeEndObject();
      json.writeObjectFieldStart("label2id");
      json.writeNumberField("LABEL_0", 0);
      json.writeEndObject();
    } else {
      json.writeObjectFieldStart("embedding");
      json.writeStringField("pooling", "cls");
    }
    json.writeEndObject();
  }

  static byte[] tokens(List<String> texts, boolean specials) {
    return body(
        8_192,
        json -> {
          json.writeStartArray();
          for (String text : texts) {
            StubTokens.write(json, text, specials);
          }
          json.writeEndArray();
        });
  }

  /** The answer of {@code /embed}. */
  static byte[] vectors(List<float[]> vectors) {
    return body(
        16_384,
        json -> {
          json.writeStartArray();
          for (float[] vector : vectors) {
            floats(json, vector);
          }
          json.writeEndArray();
        });
  }

  /** The answer of {@code /rerank}, in the order given; what is no number becomes null. */
  static byte[] ranks(List<RerankAnswers.Rank> ranks) {
    return body(
        4_096,
        json -> {
          json.writeStartArray();
          for (RerankAnswers.Rank rank : ranks) {
            json.writeStartObject();
            json.writeNumberField("index", rank.index());
            if (rank.text() != null) {
              json.writeStringField("text", rank.text());
            }
            json.writeFieldName("score");
            number(json, rank.score());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** The answer of {@code /v1/embeddings}. */
  static byte[] openAi(List<float[]> vectors, boolean base64, String model, int tokens) {
    return body(
        16_384,
        json -> {
          json.writeStartObject();
          json.writeStringField("object", "list");
          json.writeArrayFieldStart("data");
          for (int i = 0; i < vectors.size(); i++) {
            json.writeStartObject();
            json.writeStringField("object", "embedding");
            json.writeFieldName("embedding");
            if (base64) {
              json.writeBinary(bytes(vectors.get(i)));
            } else {
              floats(json, vectors.get(i));
            }
            json.writeNumberField("index", i);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("model", model);
          json.writeObjectFieldStart("usage");
          json.writeNumberField("prompt_tokens", tokens);
          json.writeNumberField("total_tokens", tokens);
          json.writeEndObject();
          json.writeEndObject();
        });
  }

  private static void floats(JsonGenerator json, float[] vector) throws IOException {
    json.writeStartArray();
    for (float value : vector) {
      number(json, value);
    }
    json.writeEndArray();
  }

  /** What is no number becomes null, as in TEI's own JSON. */
  private static void number(JsonGenerator json, float value) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static byte[] bytes(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }
}
