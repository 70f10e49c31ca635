package org.hippocamel.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Reads a labelled set in BEIR's layout: {@code corpus.jsonl} and {@code queries.jsonl} (each plain
 * or {@code .gz}), and the judgements {@code qrels.tsv}, {@code qrels/test.tsv} or the only {@code
 * qrels/*.tsv}. Where there are none, a document answers a query when both carry the same {@code
 * label}. Queries that nobody judged are left out, as trec_eval does.
 */
public final class BeirFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  private BeirFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The set in a folder.
   *
   * @throws IllegalArgumentException when a file is missing or a line is not what it should be
   */
  public static Dataset read(Path folder) {
    return new BeirFolder(folder).dataset();
  }

  private Dataset dataset() {
    List<JsonNode> corpus = lines("corpus.jsonl");
    List<JsonNode> questions = lines("queries.jsonl");
    Judgements judgements = judgements(corpus, questions);
    List<Dataset.Query> queries =
        questions.stream()
            .map(row -> new Dataset.Query(text(row, "_id"), text(row, "text")))
            .filter(query -> judgements.judged(query.id()))
            .toList();
    List<Dataset.Document> documents =
        corpus.stream()
            .map(
                row ->
                    new Dataset.Document(
                        text(row, "_id"), row.path("title").asText(""), text(row, "text")))
            .toList();
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(folder + " has no query with a judgement");
    }
    return new Dataset(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        documents,
        queries,
        judgements);
  }

  private Judgements judgements(List<JsonNode> corpus, List<JsonNode> questions) {
    Path file = qrels();
    return file == null ? byLabel(corpus, questions) : byFile(file);
  }

  private Path qrels() {
    for (String name : List.of("qrels.tsv", "qrels/test.tsv")) {
      if (Files.exists(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    if (!Files.isDirectory(folder.resolve("qrels"))) {
      return null;
    }
    try (Stream<Path> paths = Files.list(folder.resolve("qrels"))) {
      List<Path> files = paths.filter(path -> path.toString().endsWith(".tsv")).toList();
      if (files.size() != 1) {
        throw new IllegalArgumentException(
            folder.resolve("qrels") + " holds no test.tsv and " + files.size() + " other splits");
      }
      return files.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Judgements byFile(Path file) {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    int number = 0;
    for (String line : rows(file)) {
      number++;
      String[] cells = line.split("\t");
      if (line.isBlank() || number == 1 && !isGrade(cells[cells.length - 1])) {
        continue;
      }
      if (cells.length != 3 || !isGrade(cells[2])) {
        throw new IllegalArgumentException(
            file + ":" + number + " is not query-id, corpus-id and score with tabs between");
      }
      grades
          .computeIfAbsent(cells[0], query -> new HashMap<>())
          .put(cells[1], Integer.parseInt(cells[2].strip()));
    }
    return new Judgements(grades);
  }

  private static boolean isGrade(String cell) {
    return cell.strip().matches("-?\\d{1,9}");
  }

  /** The queries of a label share one map: a set may have hundreds of documents for each. */
  private static Judgements byLabel(List<JsonNode> corpus, List<JsonNode> questions) {
    Map<String, Map<String, Integer>> labels = new HashMap<>();
    corpus.stream()
        .filter(row -> row.hasNonNull("label"))
        .forEach(
            row ->
                labels
                    .computeIfAbsent(row.get("label").asText(), label -> new HashMap<>())
                    .put(text(row, "_id"), 1));
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    questions.stream()
        .filter(row -> labels.containsKey(row.path("label").asText()))
        .forEach(row -> grades.put(text(row, "_id"), labels.get(row.get("label").asText())));
    return new Judgements(grades);
  }

  private List<JsonNode> lines(String name) {
    Path plain = folder.resolve(name);
    Path packed = folder.resolve(name + ".gz");
    Path file = Files.exists(plain) ? plain : packed;
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("neither " + plain + " nor " + packed + " is there");
    }
    List<JsonNode> values = new ArrayList<>();
    int number = 0;
    for (String line : rows(file)) {
      number++;
      if (!line.isBlank()) {
        values.add(value(file, number, line));
      }
    }
    return values;
  }

  private static JsonNode value(Path file, int number, String line) {
    try {
      JsonNode value = JSON.readTree(line);
      if (!value.path("_id").isTextual() || !value.path("text").isTextual()) {
        throw new IllegalArgumentException(
            file + ":" + number + " needs the strings \"_id\" and \"text\"");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + ":" + number + " is not JSON", e);
    }
  }

  private static List<String> rows(Path file) {
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode row, String field) {
    return row.get(field).asText();
  }
}
