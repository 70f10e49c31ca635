package org.hippocamel.evaluation;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.HtmlReport;
import org.hippocamel.eval.JsonReport;
import org.hippocamel.eval.Judgements;
import org.hippocamel.eval.Report;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The collection {@code evaluations}: what an evaluation was given and what it found, as far as it
 * is too long for its job's row. Reports are packed: most of their figures are noughts and ones.
 */
public final class EvaluationLedger {
  private final Duration keep;
  private final Clock clock;

  /**
   * @param keep until a report is forgotten
   */
  public EvaluationLedger(Duration keep, Clock clock) {
    this.keep = keep;
    this.clock = clock;
  }

  /** Upsert: what an order brings along. */
  public List<Bson> ordered(EvaluationOrder order) {
    List<Document> queries =
        order.queries().stream()
            .map(query -> new Document("id", query.id()).append("text", query.text()))
            .toList();
    // A list, for ids may hold dots and dollars.
    List<Document> judgements = new ArrayList<>();
    order
        .judgements()
        .forEach(
            (query, grades) ->
                grades.forEach(
                    (id, grade) ->
                        judgements.add(
                            new Document("query", query).append("id", id).append("grade", grade))));
    Document row =
        new Document("tenant", order.named().tenant())
            .append("queries", queries)
            .append("judgements", judgements)
            .append("expires_at", forgotten());
    return List.of(eq("_id", order.named().key()), new Document("$setOnInsert", row));
  }

  /** Pipeline: rows of an evaluation and of the one it is compared with. */
  public List<Bson> pipeline(Named named, String earlier) {
    List<String> keys = new ArrayList<>(List.of(named.key()));
    if (earlier != null) {
      keys.add(new Named(named.tenant(), earlier).key());
    }
    return List.of(new Document("$match", in("_id", keys)));
  }

  /** Pipeline: one evaluation. */
  public List<Bson> one(Named named) {
    return pipeline(named, null);
  }

  /**
   * The row of an evaluation.
   *
   * @throws Problem NOT_FOUND
   */
  public Document found(List<Document> rows, Named named) {
    return rows.stream()
        .filter(row -> named.key().equals(row.getString("_id")))
        .findFirst()
        .orElseThrow(
            () -> new Problem(ProblemKind.NOT_FOUND, "no evaluation with id " + named.shown()));
  }

  /** The queries and judgements that a caller sent. */
  static Dataset inline(String name, Document row) {
    Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    for (Document one : row.getList("judgements", Document.class)) {
      grades
          .computeIfAbsent(one.getString("query"), query -> new LinkedHashMap<>())
          .put(one.getString("id"), one.getInteger("grade"));
    }
    List<Dataset.Query> queries =
        row.getList("queries", Document.class).stream()
            .map(query -> new Dataset.Query(query.getString("id"), query.getString("text")))
            .toList();
    return new Dataset(name, List.of(), queries, new Judgements(grades));
  }

  /** Update: the report. */
  public List<Bson> reported(Named named, Report report) {
    Document fields =
        new Document("json", packed(JsonReport.of(report)))
            .append("html", packed(HtmlReport.of(report)))
            .append("expires_at", forgotten());
    return List.of(eq("_id", named.key()), new Document("$set", fields));
  }

  /**
   * A report, in UTF-8.
   *
   * @param form {@code json} or {@code html}
   * @throws Problem CONFLICT while there is none
   */
  public byte[] report(Document row, String form, Named named) {
    if (!(row.get(form) instanceof Binary packed)) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "evaluation " + named.shown() + " has no report yet; its job says how far it is");
    }
    return unpacked(packed);
  }

  private Date forgotten() {
    return Date.from(clock.instant().plus(keep));
  }

  private static Binary packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Binary(bytes.toByteArray());
  }

  private static byte[] unpacked(Binary packed) {
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed.getData()))) {
      return plain.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
