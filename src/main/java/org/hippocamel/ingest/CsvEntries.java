package org.hippocamel.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * A CSV file with a header line. Rows are gathered from lines first and parsed one by one, so that
 * a bad row costs nobody else and keeps its line number. Columns that are not ours become metadata,
 * always as strings: a guess by the look of a value would differ from row to row.
 */
final class CsvEntries implements Entries {
  private final Utf8Lines lines;
  private final Limits limits;
  private final int maxChars;
  private List<String> header;
  private char separator;
  private ObjectReader reader;
  private long record;

  CsvEntries(Utf8Lines lines, Limits limits, int maxChars) {
    this.lines = lines;
    this.limits = limits;
    this.maxChars = maxChars;
  }

  @Override
  public Entry next() throws IOException {
    if (header == null) {
      readHeader();
    }
    Utf8Lines.Line row = header.isEmpty() ? null : row();
    return row == null ? null : entry(row, record++);
  }

  private Entry entry(Utf8Lines.Line row, long record) {
    if (row.fault() != null) {
      return new Rejected(record, row.number(), row.fault());
    }
    try {
      return fields(cells(row.text())).entry(record, row.number(), DocumentFormat.CSV);
    } catch (JsonProcessingException e) {
      return new Rejected(
          record, row.number(), "not valid CSV: " + Shortened.of(e.getOriginalMessage()));
    }
  }

  private RecordFields fields(String[] cells) {
    RecordFields fields = new RecordFields(limits);
    if (cells.length != header.size()) {
      fields.refuse("the row has " + cells.length + " columns, the header has " + header.size());
      return fields;
    }
    for (int i = 0; i < cells.length; i++) {
      String name = header.get(i);
      RecordField field =
          RecordField.named(name).filter(f -> f != RecordField.METADATA).orElse(null);
      if (cells[i].isBlank()) {
        continue; // an empty cell is no value
      }
      if (field == null) {
        fields.putMetadata(name, cells[i]);
      } else {
        fields.put(field, name, cells[i]);
      }
    }
    return fields;
  }

  private String[] cells(String row) throws JsonProcessingException {
    return reader.readValue(row);
  }

  private void readHeader() throws IOException {
    header = List.of();
    Utf8Lines.Line line = row();
    if (line == null) {
      return;
    }
    if (line.fault() != null) {
      throw new Problem(ProblemKind.INVALID, "line " + line.number() + ": " + line.fault());
    }
    separator = CsvRow.separator(line.text());
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    reader = new CsvMapper().readerFor(String[].class).with(schema);
    try {
      header = Arrays.stream(cells(line.text())).map(String::strip).toList();
    } catch (JsonProcessingException e) {
      throw new Problem(
          ProblemKind.INVALID,
          "the header line is not valid CSV: " + Shortened.of(e.getOriginalMessage()));
    }
    checkHeader();
  }

  private void checkHeader() {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      String fault =
          !seen.add(name)
              ? "column \"" + Shortened.of(name) + "\" is given twice"
              : RecordField.forbidden(name).orElse(null);
      if (fault != null) {
        throw new Problem(ProblemKind.INVALID, "the header line is refused: " + fault);
      }
    }
    if (header.stream()
        .noneMatch(n -> RecordField.named(n).filter(f -> f == RecordField.TEXT).isPresent())) {
      throw new Problem(
          ProblemKind.INVALID,
          "the header line has no column \"text\"; it has "
              + Shortened.of(String.join(", ", header)));
    }
  }

  /** The lines of one row, joined while a quote is open; the line number is the first one's. */
  private Utf8Lines.Line row() throws IOException {
    Utf8Lines.Line first = lines.next();
    while (first != null && first.fault() == null && first.text().isBlank()) {
      first = lines.next();
    }
    if (first == null || first.fault() != null) {
      return first;
    }
    CsvRow row = new CsvRow(header.isEmpty() ? CsvRow.separator(first.text()) : separator);
    row.add(first.text());
    while (row.open()) {
      Utf8Lines.Line more = lines.next();
      if (more == null) {
        return new Utf8Lines.Line(first.number(), null, "a quote is opened and never closed");
      }
      if (more.fault() != null) {
        return new Utf8Lines.Line(
            first.number(), null, "line " + more.number() + ": " + more.fault());
      }
      row.add(more.text());
      if (row.length() > maxChars) {
        return new Utf8Lines.Line(
            first.number(),
            null,
            "the row has over " + maxChars + " characters: is a quote left open?");
      }
    }
    return new Utf8Lines.Line(first.number(), row.text(), null);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
