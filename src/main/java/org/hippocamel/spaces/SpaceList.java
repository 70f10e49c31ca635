package org.hippocamel.spaces;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * The spaces of a store as they were at one moment.
 *
 * <p>The collection {@code spaces} has a row for each and one row that says which is active:
 *
 * <pre>
 * {_id: "~active", space: "b", previous: "a", epoch: 2}
 * {_id: "a", state: "ready", model_id: ..., calibration: {...}}
 * {_id: "b", state: "ready", ...}
 * </pre>
 *
 * <p>The first row also says which space was let go of last ({@code retiring}), so that no switch
 * to it gets through, and which job was ordered last ({@code job}, {@code job_at}).
 *
 * @param active id of the space that is searched and written to; null in a new store
 * @param previous id of the one that was active before, or null
 * @param epoch grows by one with every switch, and when a space is let go of
 * @param all in the order they were made
 */
public record SpaceList(String active, String previous, long epoch, List<Entry> all) {
  /** {@code _id} of the row that names the active space; no id of a space begins so. */
  public static final String ACTIVE = "~active";

  /** A store that was never used. */
  public static final SpaceList NONE = new SpaceList(null, null, 0, List.of());

  public SpaceList {
    all = List.copyOf(all);
  }

  /**
   * A space and how far it is.
   *
   * @param calibration as last recorded, or null
   * @param job id of the job that made it so, or null
   * @param probe vector of the probe text, by which a model is known again whatever its name; null
   *     where none was kept
   */
  public record Entry(
      Space space, SpaceState state, Calibration calibration, String job, float[] probe) {
    private static final double SAME = 0.999;

    /** Whether this vector of the probe may come from its model. */
    boolean probed(float[] vector) {
      return probe == null
          || probe.length == vector.length && Calibration.cosine(probe, vector) >= SAME;
    }

    public String id() {
      return space.id();
    }
  }

  /** Of one space, which is active. */
  static SpaceList of(Space active) {
    return new SpaceList(
        active.id(), null, 1, List.of(new Entry(active, SpaceState.READY, null, null, null)));
  }

  /** Of all rows of the collection. */
  public static SpaceList of(List<Document> rows) {
    List<Document> spaces = new ArrayList<>(rows);
    spaces.removeIf(row -> row.getString("_id").equals(ACTIVE));
    spaces.sort(
        Comparator.comparing(
            row -> row.getDate("created_at"), Comparator.nullsFirst(Comparator.naturalOrder())));
    List<Entry> all = spaces.stream().map(SpaceList::entry).toList();
    return rows.stream()
        .filter(row -> row.getString("_id").equals(ACTIVE))
        .findFirst()
        .map(
            row ->
                new SpaceList(
                    row.getString("space"),
                    row.getString("previous"),
                    row.get("epoch", Number.class).longValue(),
                    all))
        .orElseGet(() -> new SpaceList(onlyActive(spaces), null, 0, all));
  }

  /** Before there was a row for it, the only space said itself that it was active. */
  private static String onlyActive(List<Document> spaces) {
    return spaces.stream()
        .filter(row -> "active".equals(row.getString("state")))
        .map(row -> row.getString("_id"))
        .findFirst()
        .orElse(null);
  }

  private static Entry entry(Document row) {
    Document calibration = row.get("calibration", Document.class);
    return new Entry(
        Space.from(row),
        SpaceState.of(row.getString("state")),
        calibration == null ? null : Calibration.from(calibration),
        row.getString("job"),
        Space.floats(row.get("probe")));
  }

  public Optional<Entry> find(String id) {
    return all.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /** The active one; empty in a new store. */
  public Optional<Space> activeSpace() {
    return find(active).map(Entry::space);
  }

  /** Those that have vectors, the active one first. */
  public List<Space> living() {
    return all.stream()
        .filter(entry -> entry.state() != SpaceState.RETIRED)
        .map(Entry::space)
        .sorted(Comparator.comparing(space -> space.id().equals(active) ? 0 : 1))
        .toList();
  }

  /**
   * The stored space whose vectors may be compared with those of another, whatever its id.
   *
   * @param probe the other's vector of the probe text
   */
  Optional<Space> like(Space other, float[] probe) {
    return all.stream()
        .filter(entry -> entry.space().comparable(other) && entry.probed(probe))
        .map(Entry::space)
        .findFirst();
  }

  /** All with their states, for messages: {@code a (active), b (building)}. */
  public String describe() {
    return all.stream()
        .map(entry -> entry.id() + " (" + word(entry) + ")")
        .collect(Collectors.joining(", "));
  }

  /** {@code active}, or the state. */
  public String word(Entry entry) {
    return entry.id().equals(active) ? "active" : entry.state().word();
  }
}
