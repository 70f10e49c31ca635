package org.hippocamel.ingest;

import java.util.List;

/** Splits with the fake tokenizer. */
final class TestSplits {
  private TestSplits() {}

  static List<Passage> split(int max, int overlap, DocumentFormat format, String text) {
    return split(new Splitter(max, overlap, 510), SourceRecord.document(null, text, format));
  }

  static List<Passage> split(Splitter splitter, SourceRecord record) {
    return splitter.passages(record, FakeTokenizer.count(splitter.units(record)));
  }

  static List<String> texts(List<Passage> passages) {
    return passages.stream().map(Passage::text).toList();
  }

  static List<String> headings(List<Passage> passages) {
    return passages.stream().map(Passage::heading).toList();
  }
}
