package org.hippocamel.embedded.tei.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The files of a model as they lie in the hub: weights, tokenizer and configuration in one
 * directory. Every complaint names the file.
 */
final class ModelFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  /**
   * @throws IllegalStateException if it is no directory
   */
  ModelFiles(Path directory) {
    this.directory = directory;
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          directory
              + " is no directory; a model is a directory with model.onnx, tokenizer.json and"
              + " config.json");
    }
  }

  boolean has(String name) {
    return Files.isRegularFile(directory.resolve(name));
  }

  /** The weights; the one at the root wins. */
  Path weights() {
    if (has("model.onnx")) {
      return directory.resolve("model.onnx");
    }
    if (has("onnx/model.onnx")) {
      return directory.resolve("onnx/model.onnx");
    }
    throw wrong("model.onnx", "is missing, and so is onnx/model.onnx; export the model to ONNX");
  }

  /**
   * Names the weights: {@code sha256-} and twelve hex digits, of the graph and of the weights
   * beside it.
   */
  String revision() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Path weights = weights();
      digest(digest, weights);
      for (String suffix : new String[] {"_data", ".data"}) {
        Path more = weights.resolveSibling("model.onnx" + suffix);
        if (Files.isRegularFile(more)) {
          digest(digest, more);
        }
      }
      return "sha256-" + HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  InputStream open(String name) {
    if (!has(name)) {
      throw wrong(name, "is missing");
    }
    try {
      return Files.newInputStream(directory.resolve(name));
    } catch (IOException e) {
      throw wrong(name, "cannot be read: " + e.getMessage());
    }
  }

  JsonNode json(String name) {
    try (InputStream in = open(name)) {
      JsonNode node = JSON.readTree(in);
      if (!node.isObject()) {
        throw wrong(name, "is no JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw wrong(name, "is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw wrong(name, "cannot be read: " + e.getMessage());
    }
  }

  /** A complaint about a file. */
  IllegalStateException wrong(String name, String what) {
    return new IllegalStateException(directory.resolve(name) + " " + what);
  }

  private static void digest(MessageDigest digest, Path file) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      while (in.read(buffer) >= 0) {
        // only the digest is wanted
      }
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
