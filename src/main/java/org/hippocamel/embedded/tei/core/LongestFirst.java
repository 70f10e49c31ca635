package org.hippocamel.embedded.tei.core;

/**
 * The truncation strategy of the same name: the longer text of a pair gives way until both are
 * equally long, then both do. What the tokenizer has added ([CLS], [SEP]) stays.
 */
final class LongestFirst {
  private LongestFirst() {}

  /**
   * @param sequenceIds 0 or 1 for a token of the first or second text, anything else for one that
   *     was added
   * @param max tokens of the result
   */
  static ValidEncoding cut(
      ValidEncoding encoding, long[] sequenceIds, int max, Truncation truncation) {
    int[] lengths = new int[2];
    int added = 0;
    for (long sequence : sequenceIds) {
      if (isText(sequence)) {
        lengths[(int) sequence]++;
      } else {
        added++;
      }
    }
    int[] kept = share(lengths[0], lengths[1], Math.max(0, max - added));
    long[] ids = new long[added + kept[0] + kept[1]];
    long[] typeIds = new long[ids.length];
    int[] seen = new int[2];
    int n = 0;
    for (int i = 0; i < sequenceIds.length; i++) {
      if (isText(sequenceIds[i])) {
        int text = (int) sequenceIds[i];
        int place = seen[text]++;
        int dropped = lengths[text] - kept[text];
        if (truncation == Truncation.RIGHT ? place >= kept[text] : place < dropped) {
          continue;
        }
      }
      ids[n] = encoding.ids()[i];
      typeIds[n++] = encoding.typeIds()[i];
    }
    return new ValidEncoding(ids, typeIds);
  }

  /** Tokens left to each text; the second gets the odd one unless it is the shorter. */
  static int[] share(int first, int second, int room) {
    if (first + second <= room) {
      return new int[] {first, second};
    }
    int shorter = Math.min(first, second);
    int longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
    if (shorter + longer > room) {
      shorter = room / 2;
      longer = room - shorter;
    }
    return first > second ? new int[] {longer, shorter} : new int[] {shorter, longer};
  }

  private static boolean isText(long sequence) {
    return sequence == 0 || sequence == 1;
  }
}
