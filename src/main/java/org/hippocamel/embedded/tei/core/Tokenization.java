package org.hippocamel.embedded.tei.core;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Text to token ids and back. Thread-safe. */
public final class Tokenization implements AutoCloseable {
  /** Longer texts than this many characters per allowed token are refused unless truncated. */
  private static final int MAX_CHARACTERS_PER_TOKEN = 250;

  static {
    // The library asks the cloud metadata address and a telemetry bucket unless told otherwise.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;
  private final int maxInputLength;

  /**
   * @param tokenizerJson a {@code tokenizer.json}, read to its end
   * @param maxInputLength tokens of one input, specials included
   * @throws IOException if it cannot be read
   * @throws RuntimeException if it is no tokenizer
   */
  public Tokenization(InputStream tokenizerJson, int maxInputLength) throws IOException {
    Map<String, String> options = Map.of("padding", "false", "truncation", "false");
    this.tokenizer = HuggingFaceTokenizer.newInstance(tokenizerJson, options);
    this.maxInputLength = maxInputLength;
  }

  /**
   * What the model reads of an input.
   *
   * @throws TeiException Validation if the input is too long and must not be cut, Empty if nothing
   *     is left to infer from
   */
  public ValidEncoding encode(EncodingInput input, Truncation truncation) {
    if (truncation == Truncation.NONE) {
      checkCharacters(input);
    }
    Encoding encoding = encoding(Excerpts.of(input, truncation, this), true);
    ValidEncoding whole = new ValidEncoding(encoding.getIds(), encoding.getTypeIds());
    if (whole.length() == 0) {
      throw TeiException.empty("inputs");
    }
    if (whole.length() <= maxInputLength) {
      return whole;
    }
    if (truncation == Truncation.NONE) {
      throw TeiException.invalid(
          "`inputs` must have less than %d tokens. Given: %d"
              .formatted(maxInputLength, whole.length()));
    }
    ValidEncoding cut =
        LongestFirst.cut(whole, encoding.getSequenceIds(), maxInputLength, truncation);
    if (cut.length() > maxInputLength) {
      throw TeiException.invalid(
          "`inputs` must have less than %d tokens. The special tokens alone are %d"
              .formatted(maxInputLength, cut.length()));
    }
    return cut;
  }

  /** A short input, to try a model with. */
  public ValidEncoding probe() {
    return encode(new EncodingInput.Text("hello"), Truncation.RIGHT);
  }

  /**
   * The text of token ids.
   *
   * @throws TeiException Empty if there are none, Tokenizer if they cannot be decoded
   */
  public String decode(long[] ids, boolean skipSpecialTokens) {
    if (ids.length == 0) {
      throw TeiException.empty("input_ids");
    }
    try {
      return tokenizer.decode(ids, skipSpecialTokens);
    } catch (RuntimeException e) {
      throw TeiException.tokenizer(e);
    }
  }

  /** The tokens of a text with their places in it. */
  public List<Token> tokenize(EncodingInput.Text input, boolean addSpecialTokens) {
    checkCharacters(input);
    Encoding encoding = encoding(input, addSpecialTokens);
    long[] ids = encoding.getIds();
    long[] specials = encoding.getSpecialTokenMask();
    CharSpan[] spans = encoding.getCharTokenSpans();
    String[] names = encoding.getTokens();
    ByteOffsets offsets = new ByteOffsets(input.text());
    List<Token> tokens = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      if (specials[i] == 1 || spans[i] == null) {
        tokens.add(new Token(ids[i], names[i], true, -1, -1));
      } else {
        offsets.moveTo(spans[i].getStart());
        int start = offsets.bytes();
        int from = offsets.chars();
        offsets.moveTo(spans[i].getEnd());
        String text = input.text().substring(from, offsets.chars());
        tokens.add(new Token(ids[i], text, false, start, offsets.bytes()));
      }
    }
    return tokens;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private void checkCharacters(EncodingInput input) {
    int limit = MAX_CHARACTERS_PER_TOKEN * maxInputLength;
    if (input.characters() > limit) {
      throw TeiException.invalid(
          "`inputs` must have less than %d characters. Given: %d"
              .formatted(limit, input.characters()));
    }
  }

  /** Whether the text alone has more tokens than an input may have. */
  boolean isTooLong(String text) {
    return encoding(new EncodingInput.Text(text), false).getIds().length > maxInputLength;
  }

  /** Tokens of one input, specials included. */
  int maxInputLength() {
    return maxInputLength;
  }

  private Encoding encoding(EncodingInput input, boolean addSpecialTokens) {
    if (input.isEmpty()) {
      throw TeiException.empty("inputs");
    }
    try {
      if (input instanceof EncodingInput.Ids ids) {
        return tokenizer.encode(tokenizer.decode(ids.ids(), false), false, false);
      }
      if (input instanceof EncodingInput.Dual pair) {
        return tokenizer.encode(pair.first(), pair.second(), addSpecialTokens, false);
      }
      String text = ((EncodingInput.Text) input).text();
      return tokenizer.encode(text, addSpecialTokens, false);
    } catch (RuntimeException e) {
      throw TeiException.tokenizer(e);
    }
  }
}
