package org.hippocamel.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.hippocamel.config.Limits;

/**
 * Reads a source group by group: never more of it is in memory than one group and a small buffer.
 * Close it; used by one thread.
 *
 * <p>{@code next} throws {@link org.hippocamel.problem.Problem} when the whole source is at fault
 * (a document that is not UTF-8, a CSV header without a text column); faults of single records
 * arrive as {@link Rejected}.
 */
public final class RecordReader implements Iterator<RecordGroup>, Closeable {
  /** Records in a group unless told otherwise: TEI's default for texts in one call. */
  public static final int GROUP_SIZE = 32;

  private final Entries entries;
  private final int groupSize;
  private final Set<Long> ids = new HashSet<>();
  private Entry pending;
  private boolean ended;

  private RecordReader(Entries entries, int groupSize) {
    this.entries = entries;
    this.groupSize = groupSize;
  }

  /** Opens a file, its format known by its name. */
  public static RecordReader open(Path file, Limits limits) throws IOException {
    DocumentFormat format = DocumentFormat.ofName(file.getFileName().toString());
    return open(Files.newInputStream(file), format, limits, GROUP_SIZE);
  }

  /** Opens a stream, which is closed with the reader. */
  public static RecordReader open(
      InputStream in, DocumentFormat format, Limits limits, int groupSize) throws IOException {
    if (groupSize < 1) {
      throw new IllegalArgumentException("group size " + groupSize + " is below 1");
    }
    return new RecordReader(entries(in, format, limits), groupSize);
  }

  private static Entries entries(InputStream in, DocumentFormat format, Limits limits)
      throws IOException {
    return switch (format) {
      case MARKDOWN, TEXT -> new DocumentEntries(in, format, limits);
      case JSON -> new JsonEntries(in, limits);
      case JSONL -> new JsonLineEntries(new Utf8Lines(in, lineBytes(limits)), limits);
      case CSV -> new CsvEntries(new Utf8Lines(in, lineBytes(limits)), limits, lineBytes(limits));
    };
  }

  /** A text all written as six-byte escapes, and as much again as metadata usually needs. */
  private static int lineBytes(Limits limits) {
    return (int) Math.min(Integer.MAX_VALUE - 8, 8L * limits.maxTextChars() + 64 * 1024);
  }

  @Override
  public boolean hasNext() {
    if (pending == null && !ended) {
      pending = read();
      ended = pending == null;
    }
    return pending != null;
  }

  @Override
  public RecordGroup next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<SourceRecord> records = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    for (Entry entry = pending; entry != null; entry = full(records, rejected) ? null : read()) {
      if (entry instanceof SourceRecord record) {
        records.add(record);
      } else if (entry instanceof Rejected fault) {
        rejected.add(fault);
      }
    }
    ended = !full(records, rejected);
    pending = null;
    return new RecordGroup(records, rejected);
  }

  private boolean full(List<SourceRecord> records, List<Rejected> rejected) {
    return records.size() + rejected.size() >= groupSize;
  }

  private Entry read() {
    try {
      Entry entry = entries.next();
      return entry instanceof SourceRecord record && record.id() != null && !ids.add(name(record))
          ? new Rejected(
              record.record(),
              record.line(),
              "id \"" + Shortened.of(record.id()) + "\" stands in this source already")
          : entry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Eight bytes for an id of any length: a hundred thousand of them are a few megabytes. */
  private static Long name(SourceRecord record) {
    return Long.parseUnsignedLong(Sha256.hex(record.id(), 16), 16);
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
