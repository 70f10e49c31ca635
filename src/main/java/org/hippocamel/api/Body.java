package org.hippocamel.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Reads a request body strictly: UTF-8, exactly one JSON value, no field twice in an object, depth
 * at most 32, numbers at most 100 characters, names at most 1,000. Thread-safe.
 *
 * <p>A field that stands twice is refused because readers disagree about which one counts; that is
 * how one part of a system checks one value and another part uses the other.
 */
public final class Body {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_NAME = 1_000;
  private static final int SHOWN = 120;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Body() {}

  /**
   * The one JSON value of a body.
   *
   * @throws Problem Malformed with line and column, never with more than a few words of the input
   */
  public static JsonNode parse(byte[] body) {
    return parse(text(body));
  }

  /** The one JSON value of a text; as {@link #parse(byte[])}. */
  static JsonNode parse(String text) {
    return parse(text, 1);
  }

  /** The one JSON value of a text that begins on a later line of the body. */
  static JsonNode parse(String text, int firstLine) {
    if (text.isBlank()) {
      throw malformed("the body is empty; send JSON", null);
    }
    return parse("the body", text, firstLine);
  }

  /** The one JSON value of a form field. */
  static JsonNode field(String name, String text) {
    return parse("the form field " + name, text, 1);
  }

  private static JsonNode parse(String what, String text, int firstLine) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      String place = place(e.getLocation(), firstLine);
      throw malformed(what + " is not JSON" + place + ": " + reason(e), e);
    }
  }

  /** The body as text; a byte order mark is dropped. */
  static String text(byte[] body) {
    if (body == null) {
      return "";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw malformed("the body is not UTF-8", e);
    }
  }

  private static String place(JsonLocation location, int firstLine) {
    return location == null
        ? ""
        : " at line "
            + (location.getLineNr() + firstLine - 1)
            + ", column "
            + location.getColumnNr();
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "it ends too early";
    }
    if (e instanceof StreamConstraintsException && e.getOriginalMessage().contains("nesting")) {
      return "it is nested deeper than " + DEEPEST;
    }
    String first =
        e.getOriginalMessage()
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst(" *\\((start marker|JSON String).*|; maximum depth.*", "");
    return first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first;
  }

  private static Problem malformed(String detail, Throwable cause) {
    return new Problem(ProblemKind.MALFORMED, detail, cause);
  }
}
