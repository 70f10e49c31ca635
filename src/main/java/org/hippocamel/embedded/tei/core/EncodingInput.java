package org.hippocamel.embedded.tei.core;

/** One input of a call: a text, or the token ids of one. */
public sealed interface EncodingInput {
  boolean isEmpty();

  /** Unicode scalar values of a text; ids count one each. */
  int characters();

  record Text(String text) implements EncodingInput {
    @Override
    public boolean isEmpty() {
      return text.isEmpty();
    }

    @Override
    public int characters() {
      return text.codePointCount(0, text.length());
    }
  }

  /** Ids are decoded to text and encoded again without adding special tokens, as TEI does. */
  record Ids(long[] ids) implements EncodingInput {
    @Override
    public boolean isEmpty() {
      return ids.length == 0;
    }

    @Override
    public int characters() {
      return ids.length;
    }
  }
}
