package org.hippocamel.embedded.tei.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.contract.TeiHttp;

/** What the tests of this package say about answers. */
final class Answers {
  private Answers() {}

  /** The body of a 200. */
  static JsonNode ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return TeiHttp.tree(answer);
  }

  static void refused(int status, String kind, String message, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(kind, TeiHttp.tree(answer).get("error_type").asText());
    assertEquals(message, TeiHttp.tree(answer).get("error").asText());
  }

  /** A 422 in plain text, since the body has not the shape of the route's. */
  static void misshapen(String detail, HttpResponse<String> answer) {
    String start = "Failed to deserialize the JSON body into the target type: ";
    assertEquals(422, answer.statusCode(), answer.body());
    assertTrue(answer.body().startsWith(start + detail), answer.body());
    assertEquals(
        "text/plain; charset=utf-8", answer.headers().firstValue("content-type").orElse(""));
  }

  static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** One field of each object of an array. */
  static List<String> each(JsonNode array, String field) {
    List<String> values = new ArrayList<>();
    array.forEach(item -> values.add(item.get(field).asText()));
    return values;
  }
}
