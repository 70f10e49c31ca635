package org.hippocamel.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code vectors.*}: what the vector index holds of a vector. Documents always hold the floats.
 *
 * @param encoding of the index
 * @param rescoreFactor candidates of a quantised search, as a multiple of those of a float32 one
 */
public record VectorSettings(Encoding encoding, int rescoreFactor) {

  /** As it ships. */
  public static final VectorSettings FLOATS = new VectorSettings(Encoding.FLOAT32, 4);

  /** How much of a number the index keeps. */
  public enum Encoding {
    FLOAT32("none"),

    /** Scored by its bytes: the server looks at the floats in exact searches alone. */
    INT8("scalar"),

    /** The server scores by the floats what it has found by the bits. */
    BINARY("binary");

    private final String quantization;

    Encoding(String quantization) {
      this.quantization = quantization;
    }

    /** What the definition of an Atlas index calls it. */
    public String quantization() {
      return quantization;
    }

    /** Whether the scores of a search are not those of the floats. */
    public boolean approximate() {
      return this == INT8;
    }

    /** The setting's form: {@code int8}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static List<String> words() {
      return Stream.of(values()).map(Encoding::word).toList();
    }

    /** FLOAT32 where the word is none of them, which the reader has noted. */
    private static Encoding of(String word) {
      return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst().orElse(FLOAT32);
    }
  }

  static VectorSettings read(SettingReader in) {
    return new VectorSettings(
        Encoding.of(in.choice("vectors.encoding", Encoding.words())),
        in.integer("vectors.rescore-factor", 1, 100));
  }
}
