package org.hippocamel.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import org.hippocamel.config.Limits;

/** A JSONL file: one object on each line; a bad line costs nobody else. */
final class JsonLineEntries implements Entries {
  private final Utf8Lines lines;
  private final Limits limits;
  private final JsonFactory factory;
  private long record;

  JsonLineEntries(Utf8Lines lines, Limits limits) {
    this.lines = lines;
    this.limits = limits;
    this.factory = JsonEntries.factory(limits);
  }

  @Override
  public Entry next() throws IOException {
    Utf8Lines.Line line = lines.next();
    while (line != null && line.fault() == null && line.text().isBlank()) {
      line = lines.next();
    }
    return line == null ? null : entry(line, record++);
  }

  private Entry entry(Utf8Lines.Line line, long record) throws IOException {
    if (line.fault() != null) {
      return new Rejected(record, line.number(), line.fault());
    }
    try (JsonParser parser = factory.createParser(line.text())) {
      parser.nextToken();
      RecordFields fields = JsonRecord.read(parser, limits);
      if (parser.nextToken() != null) {
        fields.refuse("text after the end of the object; one record on each line");
      }
      return fields.entry(record, line.number(), DocumentFormat.JSONL);
    } catch (JsonProcessingException e) {
      return new Rejected(
          record,
          line.number(),
          "not valid JSON"
              + (e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr())
              + ": "
              + Shortened.of(e.getOriginalMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
