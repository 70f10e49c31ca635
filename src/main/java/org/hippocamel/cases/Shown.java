package org.hippocamel.cases;

import java.time.Instant;
import java.util.List;
import org.bson.Document;

/**
 * What a run was shown once.
 *
 * @param id {@code _id}
 * @param runId the run
 * @param at when
 * @param problem what it asked, without secrets; cut
 * @param place the same as a point of the space, or null where words alone were compared
 * @param ranking how cases were ordered
 * @param cases what it was shown
 * @param reward how the run went, or null before anybody said so
 */
public record Shown(
    String id,
    String runId,
    Instant at,
    String problem,
    Place place,
    Ranking ranking,
    List<Item> cases,
    Double reward) {
  public Shown {
    cases = List.copyOf(cases);
  }

  /**
   * @param caseKey {@code _id} of the case
   * @param positive as an example, or as a warning
   * @param score what it was ranked by
   */
  public record Item(String caseKey, boolean positive, double score) {
    Document toDocument() {
      return new Document("case", caseKey).append("positive", positive).append("score", score);
    }

    static Item from(Document row) {
      return new Item(
          row.getString("case"),
          row.getBoolean("positive"),
          row.get("score", Number.class).doubleValue());
    }
  }

  static Shown from(Document row) {
    Document place = row.get("place", Document.class);
    Number reward = row.get("reward", Number.class);
    return new Shown(
        row.getString("_id"),
        row.getString("run_id"),
        row.getDate("at").toInstant(),
        row.getString("problem"),
        place == null ? null : Place.from(place),
        Ranking.of(row.getString("ranking")),
        row.getList("shown", Document.class).stream().map(Item::from).toList(),
        reward == null ? null : reward.doubleValue());
  }
}
