package org.hippocamel.embedded.tei.http;

import java.util.List;
import org.hippocamel.embedded.tei.core.EncodingInput;

/**
 * The value of {@code inputs} or {@code input}.
 *
 * @param isBatch whether it was written as a batch, also one of a single item
 */
record Input(List<EncodingInput> items, boolean isBatch) {
  static Input single(EncodingInput item) {
    return new Input(List.of(item), false);
  }

  static Input batch(List<EncodingInput> items) {
    return new Input(items, true);
  }

  /** The {@code method} label of the request counters. */
  String method() {
    return isBatch ? "batch" : "single";
  }

  int characters() {
    return items.stream().mapToInt(EncodingInput::characters).sum();
  }
}
