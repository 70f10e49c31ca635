package org.hippocamel.embedded.tei.core;

/** One input of a call: a text, the token ids of one, or two texts to be judged together. */
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

  /** Empty only if both texts are. */
  record Dual(String first, String second) implements EncodingInput {
    @Override
    public boolean isEmpty() {
      return first.isEmpty() && second.isEmpty();
    }

    @Override
    public int characters() {
      return first.codePointCount(0, first.length()) + second.codePointCount(0, second.length());
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
