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
   * @param maxInputLength tokens of one text, specials included
   */
  public Tokenization(InputStream tokenizerJson, int maxInputLength) throws IOException {
    Map<String, String> options = Map.of("padding", "false", "truncation", "false");
    this.tokenizer = HuggingFaceTokenizer.newInstance(tokenizerJson, options);
    this.maxInputLength = maxInputLength;
  }

  /**
   * The ids that the model reads.
   *
   * @throws TeiException Validation if the text is too long and must not be cut, Empty if nothing
   *     is left to embed
   */
  public long[] encode(EncodingInput input, Truncation truncation) {
    if (truncation == Truncation.NONE) {
      checkCharacters(input);
    }
    long[] ids = idsOfEnough(input, truncation);
    if (ids.length == 0) {
      throw TeiException.empty("inputs");
    }
    if (ids.length <= maxInputLength) {
      return ids;
    }
    if (truncation == Truncation.NONE) {
      throw TeiException.invalid(
          "`inputs` must have less than %d tokens. Given: %d"
              .formatted(maxInputLength, ids.length));
    }
    int specials = input instanceof EncodingInput.Ids ? 0 : 1;
    return cut(ids, specials, truncation);
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

  /**
   * Does not tokenise a megabyte to keep 512 tokens of it: an excerpt with more tokens than are
   * allowed gives the same result once cut.
   */
  private long[] idsOfEnough(EncodingInput input, Truncation truncation) {
    if (input instanceof EncodingInput.Text whole) {
      String text = whole.text();
      for (int chars = 32 * maxInputLength; chars < text.length(); chars *= 4) {
        String excerpt = Excerpt.of(text, truncation, chars);
        long[] ids = encoding(new EncodingInput.Text(excerpt), true).getIds();
        if (ids.length > maxInputLength || excerpt.length() == text.length()) {
          return ids;
        }
      }
    }
    return encoding(input, true).getIds();
  }

  private Encoding encoding(EncodingInput input, boolean addSpecialTokens) {
    if (input.isEmpty()) {
      throw TeiException.empty("inputs");
    }
    try {
      if (input instanceof EncodingInput.Ids ids) {
        return tokenizer.encode(tokenizer.decode(ids.ids(), false), false, false);
      }
      String text = ((EncodingInput.Text) input).text();
      return tokenizer.encode(text, addSpecialTokens, false);
    } catch (RuntimeException e) {
      throw TeiException.tokenizer(e);
    }
  }

  /** Keeps {@code specials} ids at either end and fills the room between them from one side. */
  private long[] cut(long[] ids, int specials, Truncation truncation) {
    long[] kept = new long[maxInputLength];
    int room = maxInputLength - 2 * specials;
    int from = truncation == Truncation.RIGHT ? specials : ids.length - specials - room;
    System.arraycopy(ids, 0, kept, 0, specials);
    System.arraycopy(ids, from, kept, specials, room);
    System.arraycopy(ids, ids.length - specials, kept, specials + room, specials);
    return kept;
  }
}
