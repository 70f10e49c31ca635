package org.hippocamel.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a document that stays whole when it fits: a paragraph, a list item, a code block, a
 * table.
 *
 * @param start index of its first character in the document
 * @param end exclusive; the next block or heading begins there
 * @param verbatim whether its lines are its parts (code, tables), not its sentences
 */
record Block(int start, int end, boolean verbatim) {

  /** Starts of the lines or sentences it may be split into, the first is {@code start}. */
  List<Integer> parts(String text) {
    return verbatim ? lines(text) : Sentences.starts(text, start, end);
  }

  private List<Integer> lines(String text) {
    List<Integer> starts = new ArrayList<>();
    starts.add(start);
    for (int at = text.indexOf('\n', start);
        at >= 0 && at + 1 < end;
        at = text.indexOf('\n', at + 1)) {
      starts.add(at + 1);
    }
    return starts;
  }
}
