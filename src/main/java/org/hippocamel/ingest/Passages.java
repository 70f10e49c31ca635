package org.hippocamel.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hippocamel.embedding.Tokens;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.Source;

/** Makes drafts of the passages of a group of records. Thread-safe, keeps nothing. */
public final class Passages {
  private static final int SOURCE_DIGITS = 12;

  private final Splitter splitter;

  public Passages(Splitter splitter) {
    this.splitter = splitter;
  }

  /** Texts of a group whose tokens must be counted; often empty, never blank texts. */
  public List<String> units(RecordGroup group) {
    return group.records().stream().flatMap(record -> splitter.units(record).stream()).toList();
  }

  /**
   * The drafts of a group.
   *
   * @param units what {@link #units} answered for this group
   * @param tokens those of each unit, in the same order
   */
  public List<Draft> drafts(
      Origin origin, RecordGroup group, List<String> units, List<Tokens> tokens) {
    if (units.size() != tokens.size()) {
      throw new IllegalArgumentException(
          "tokens of " + tokens.size() + " texts for " + units.size() + " units");
    }
    List<Draft> drafts = new ArrayList<>();
    int at = 0;
    for (SourceRecord record : group.records()) {
      int to = at + splitter.units(record).size();
      drafts.addAll(drafts(origin, record, tokens.subList(at, to)));
      at = to;
    }
    return drafts;
  }

  private List<Draft> drafts(Origin origin, SourceRecord record, List<Tokens> tokens) {
    List<Passage> passages = splitter.passages(record, tokens);
    String title = title(origin, record);
    Map<String, Object> metadata = new HashMap<>(origin.metadata());
    metadata.putAll(record.metadata());
    List<Draft> drafts = new ArrayList<>();
    for (int chunk = 0; chunk < passages.size(); chunk++) {
      Passage passage = passages.get(chunk);
      Source source =
          new Source(
              origin.sourceId(),
              origin.uri(),
              title,
              origin.version(),
              record.record(),
              chunk,
              passages.size(),
              passage.heading());
      drafts.add(
          new Draft(
              Kind.PASSAGE,
              id(origin, record, chunk, passages.size()),
              record.agentId() == null ? origin.agentId() : record.agentId(),
              record.sessionId(),
              passage.text(),
              metadata,
              record.occurredAt(),
              null,
              List.of(),
              source));
    }
    return drafts;
  }

  /** Deterministic, so that a file dropped again meets its own rows. */
  private static String id(Origin origin, SourceRecord record, int chunk, int chunks) {
    if (record.id() != null) {
      return chunks == 1 ? record.id() : record.id() + "#" + chunk;
    }
    return Sha256.hex(origin.sourceId(), SOURCE_DIGITS) + "-" + record.record() + "-" + chunk;
  }

  private static String title(Origin origin, SourceRecord record) {
    if (record.title() != null || !record.format().isDocument()) {
      return record.title();
    }
    String heading =
        record.format() == DocumentFormat.MARKDOWN ? MarkdownText.title(record.text()) : null;
    return heading == null ? origin.title() : heading;
  }
}
