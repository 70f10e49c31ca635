package org.hippocamel.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tokenizer of words and signs: about as many tokens as a real one makes of English. */
final class StubTokens {
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]");
  private static final int FIRST = 101;
  private static final int LAST = 102;

  private StubTokens() {}

  /** Tokens of a text, the two special ones included. */
  static int count(String text) {
    int tokens = 2;
    for (Matcher matcher = TOKEN.matcher(text); matcher.find(); ) {
      tokens++;
    }
    return tokens;
  }

  /** One array of {@code /tokenize}; offsets are those of the UTF-8 bytes. */
  static void write(JsonGenerator json, String text, boolean specials) throws IOException {
    json.writeStartArray();
    if (specials) {
      special(json, FIRST, "[CLS]");
    }
    int chars = 0;
    int bytes = 0;
    for (Matcher matcher = TOKEN.matcher(text); matcher.find(); chars = matcher.end()) {
      String token = matcher.group();
      int start = bytes + bytes(text.substring(chars, matcher.start()));
      bytes = start + bytes(token);
      json.writeStartObject();
      json.writeNumberField("id", 1_000 + Math.floorMod(token.hashCode(), 29_000));
      json.writeStringField("text", token);
      json.writeBooleanField("special", false);
      json.writeNumberField("start", start);
      json.writeNumberField("stop", bytes);
      json.writeEndObject();
    }
    if (specials) {
      special(json, LAST, "[SEP]");
    }
    json.writeEndArray();
  }

  private static void special(JsonGenerator json, int id, String text) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeStringField("text", text);
    json.writeBooleanField("special", true);
    json.writeNullField("start");
    json.writeNullField("stop");
    json.writeEndObject();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
