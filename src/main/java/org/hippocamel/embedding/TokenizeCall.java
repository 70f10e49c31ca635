package org.hippocamel.embedding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** Calls of TEI's {@code POST /tokenize}, with the offsets turned from bytes into chars. */
public final class TokenizeCall {
  private static final JsonFactory JSON = new JsonFactory();

  private final Supplier<EmbedLimits> limits;
  private final Duration deadline;

  /**
   * @param deadline how long a call is repeated while the embedder is away
   */
  public TokenizeCall(Supplier<EmbedLimits> limits, Duration deadline) {
    this.limits = limits;
    this.deadline = deadline;
  }

  /** The texts in portions that one call may hold. */
  public List<List<String>> portions(List<String> texts) {
    int size = limits.get().texts();
    List<List<String>> portions = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += size) {
      portions.add(List.copyOf(texts.subList(from, Math.min(texts.size(), from + size))));
    }
    return portions;
  }

  /** Whether the same call may succeed a moment later: overload, restart, lost connection. */
  public boolean passing(Throwable thrown) {
    return Diagnosis.of(thrown).passing();
  }

  /**
   * Whether a call is worth repeating.
   *
   * @param waited milliseconds since it was first made
   */
  public boolean worthwhile(long waited) {
    return waited < deadline.toMillis();
  }

  /** Request body: special tokens are left out, they are the model's business. */
  public byte[] request(List<String> texts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeArrayFieldStart("inputs");
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
      json.writeBooleanField("add_special_tokens", false);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /** The answer for these texts, in their order. */
  public List<Tokens> tokens(List<String> texts, byte[] answer) {
    List<Tokens> tokens = new ArrayList<>(texts.size());
    try (JsonParser json = JSON.createParser(answer)) {
      expect(json.nextToken() == JsonToken.START_ARRAY);
      for (String text : texts) {
        expect(json.nextToken() == JsonToken.START_ARRAY);
        tokens.add(read(json, text));
      }
      expect(json.nextToken() == JsonToken.END_ARRAY);
    } catch (IOException e) {
      throw new Problem(ProblemKind.EMBEDDER_FAILED, "the answer of /tokenize is not JSON", e);
    }
    return tokens;
  }

  private static Tokens read(JsonParser json, String text) throws IOException {
    int[] ends = new int[16];
    int count = 0;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, count * 2);
      }
      ends[count++] = stop(json);
    }
    return Tokens.ofUtf8Ends(text, Arrays.copyOf(ends, count));
  }

  private static int stop(JsonParser json) throws IOException {
    int stop = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("stop")) {
        stop = json.getValueAsInt(-1);
      } else {
        json.skipChildren();
      }
    }
    return stop;
  }

  private static void expect(boolean shape) {
    if (!shape) {
      throw new Problem(
          ProblemKind.EMBEDDER_FAILED, "the answer of /tokenize has not one list for each text");
    }
  }
}
