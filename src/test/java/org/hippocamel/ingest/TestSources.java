package org.hippocamel.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hippocamel.config.Limits;

/** Sources in memory, read to their end. */
final class TestSources {
  private TestSources() {}

  static RecordGroup read(DocumentFormat format, String content) {
    return read(format, content.getBytes(StandardCharsets.UTF_8));
  }

  static RecordGroup read(DocumentFormat format, byte[] content) {
    return read(format, content, Limits.defaults());
  }

  static RecordGroup read(DocumentFormat format, byte[] content, Limits limits) {
    List<SourceRecord> records = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    try (RecordReader reader =
        RecordReader.open(new ByteArrayInputStream(content), format, limits, 3)) {
      while (reader.hasNext()) {
        RecordGroup group = reader.next();
        records.addAll(group.records());
        rejected.addAll(group.rejected());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new RecordGroup(records, rejected);
  }

  static List<String> texts(RecordGroup group) {
    return group.records().stream().map(SourceRecord::text).toList();
  }

  static String reason(RecordGroup group) {
    return group.rejected().get(0).sentence();
  }

  static byte[] bytes(Object... parts) {
    byte[][] arrays =
        Stream.of(parts)
            .map(
                part ->
                    part instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : new byte[] {(byte) (int) part})
            .toArray(byte[][]::new);
    int length = Stream.of(arrays).mapToInt(a -> a.length).sum();
    java.nio.ByteBuffer all = java.nio.ByteBuffer.allocate(length);
    Stream.of(arrays).forEach(all::put);
    return all.array();
  }
}
