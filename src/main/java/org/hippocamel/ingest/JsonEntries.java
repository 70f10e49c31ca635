package org.hippocamel.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import org.hippocamel.config.Limits;

/**
 * A JSON file: one object, or an array of objects read one after the other. JSON has no line to
 * start again at, so what follows a syntax error is lost and said to be.
 */
final class JsonEntries implements Entries {
  private final JsonParser parser;
  private final Limits limits;
  private long record;
  private boolean array;
  private boolean ended;

  JsonEntries(InputStream in, Limits limits) throws IOException {
    this.parser = factory(limits).createParser(in);
    this.limits = limits;
  }

  /** Strings longer than any field may be end the reading: they would fill the memory. */
  static JsonFactory factory(Limits limits) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder().maxStringLength(limits.maxDocumentChars()).build();
    return JsonFactory.builder().streamReadConstraints(constraints).build();
  }

  @Override
  public Entry next() throws IOException {
    try {
      return ended ? null : read();
    } catch (JsonProcessingException e) {
      ended = true;
      return new Rejected(
          record,
          e.getLocation() == null ? null : e.getLocation().getLineNr(),
          "not valid JSON: "
              + Shortened.of(e.getOriginalMessage())
              + "; the rest of the file is not read");
    }
  }

  private Entry read() throws IOException {
    JsonToken token = parser.nextToken();
    if (record == 0 && !array && token == JsonToken.START_ARRAY) {
      array = true;
      token = parser.nextToken();
    }
    if (token == null || token == JsonToken.END_ARRAY) {
      return end(token);
    }
    if (!array && record > 0) {
      ended = true;
      return new Rejected(
          record, line(), "a second JSON value; name the file .jsonl or use an array");
    }
    int line = line();
    return JsonRecord.read(parser, limits).entry(record++, line, DocumentFormat.JSON);
  }

  private Entry end(JsonToken token) throws IOException {
    ended = true;
    boolean more = token != null && parser.nextToken() != null;
    return more ? new Rejected(record, line(), "text after the end of the array") : null;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
