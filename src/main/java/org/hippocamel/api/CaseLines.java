package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.hippocamel.cases.CaseForm;
import org.hippocamel.cases.CaseLine;
import org.hippocamel.cases.CaseSource;
import org.hippocamel.cases.NewCase;
import org.hippocamel.cases.Promoting;
import org.hippocamel.config.Limits;
import org.hippocamel.ingest.Utf8Lines;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;

/**
 * Reads files of cases, JSONL in UTF-8: lines of an export, and the two formats of Memento's own
 * banks. A bad line costs nobody else. Thread-safe.
 */
public final class CaseLines {
  private static final int GROUP = 128;

  private final CaseFields fields;
  private final Promoting promoting;
  private final MementoCase memento;
  private final int lineBytes;

  public CaseLines(Limits limits, MetadataSchema schema, Promoting promoting) {
    this.fields = new CaseFields(limits, schema);
    this.promoting = promoting;
    this.memento = new MementoCase(limits);
    // Problem and solution all written as six-byte escapes, and a history.
    this.lineBytes = (int) Math.min(Integer.MAX_VALUE - 8, 16L * limits.maxTextChars() + 4_000_000);
  }

  /** The cases of a stream, which is closed with them. */
  CaseSource open(InputStream in, String tenant) {
    return new Groups(new Utf8Lines(in, lineBytes), tenant);
  }

  private CaseLine line(Utf8Lines.Line line, String tenant) {
    if (line.fault() != null) {
      return new CaseLine(line.number(), null, line.fault());
    }
    try {
      return new CaseLine(line.number(), made(line, tenant), null);
    } catch (Problem problem) {
      return new CaseLine(line.number(), null, problem.getMessage());
    }
  }

  private NewCase made(Utf8Lines.Line line, String tenant) {
    JsonNode value = Body.parse(line.text(), line.number());
    List<FieldError> errors = new ArrayList<>();
    Optional<ObjectNode> translated = memento.translated(value, errors);
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    CaseForm form =
        fields.exported(
            JsonObject.of(translated.<JsonNode>map(v -> v).orElse(value), "", errors), tenant);
    return promoting.complete(form);
  }

  private final class Groups implements CaseSource {
    private final Utf8Lines lines;
    private final String tenant;
    private Utf8Lines.Line next;
    private boolean ended;

    Groups(Utf8Lines lines, String tenant) {
      this.lines = lines;
      this.tenant = tenant;
    }

    @Override
    public boolean hasNext() {
      while (next == null && !ended) {
        next = read();
        ended = next == null;
        next = next != null && next.fault() == null && next.text().isBlank() ? null : next;
      }
      return next != null;
    }

    private Utf8Lines.Line read() {
      try {
        return lines.next();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public List<CaseLine> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      List<CaseLine> group = new ArrayList<>();
      while (group.size() < GROUP && hasNext()) {
        group.add(line(next, tenant));
        next = null;
      }
      return group;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
