package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The texts of a set in BEIR's layout whose lines carry a label. */
final class LabelledTexts {
  /** One line. */
  record Labelled(String id, String text, String label) {}

  private LabelledTexts() {}

  /** {@code NAME.jsonl} or {@code NAME.jsonl.gz} of a folder. */
  static List<Labelled> read(Path folder, String name) throws IOException {
    Path plain = folder.resolve(name + ".jsonl");
    Path file = Files.exists(plain) ? plain : folder.resolve(name + ".jsonl.gz");
    try (InputStream bytes = Files.newInputStream(file);
        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.isBlank()).map(LabelledTexts::labelled).toList();
    }
  }

  private static Labelled labelled(String line) {
    try {
      JsonNode row = CaseClient.JSON.readTree(line);
      return new Labelled(
          row.get("_id").asText(), row.get("text").asText(), row.path("label").asText());
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }
}
