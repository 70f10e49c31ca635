package org.hippocamel.spaces;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The space that is written to and searched, and the others beside it; none until start-up has
 * checked them. It may become another one at any moment: whoever does several things in one space
 * asks once and keeps the answer. Thread-safe.
 */
public final class ActiveSpace {
  /** Before the tenants of labelled sets, behind all others: no API key's tenant begins so. */
  public static final String SET = "~";

  private final AtomicReference<SpaceList> spaces = new AtomicReference<>(SpaceList.NONE);
  private final AtomicReference<Space> space = new AtomicReference<>();
  private final Map<String, Calibration> calibrations = new ConcurrentHashMap<>();
  private volatile Consumer<Space> follower = space -> {};
  private volatile Consumer<String> embedding = id -> {};
  private volatile Predicate<String> served = id -> false;

  /**
   * @throws Problem UNAVAILABLE before start-up has come that far
   */
  public Space get() {
    Space active = space.get();
    if (active == null) {
      throw new Problem(
          ProblemKind.UNAVAILABLE, "still starting: the embedder and the store are being checked");
    }
    return active;
  }

  public boolean ready() {
    return space.get() != null;
  }

  /**
   * A space to search in.
   *
   * @param id of a space in which every memory has a vector; null for the active one
   * @throws Problem INVALID when there is none, CONFLICT when it is not complete, UNAVAILABLE
   *     before start-up has come that far
   */
  public Space named(String id) {
    Space active = get();
    if (id == null || id.equals(active.id())) {
      return active;
    }
    SpaceList all = spaces.get();
    SpaceList.Entry entry =
        all.find(id)
            .filter(one -> one.state() != SpaceState.RETIRED)
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "/space",
                        "space \"" + id + "\" is not there; these are: " + all.describe()));
    if (entry.state() == SpaceState.BUILDING) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "space \""
              + id
              + "\" is being built: it would be searched before all memories are in it; these are: "
              + all.describe());
    }
    return entry.space();
  }

  /**
   * The spaces beside an active one that new memories get a vector in as well: those that are being
   * built or kept, as far as their embedder is there now.
   */
  public List<Space> companions(Space active) {
    return spaces.get().living().stream()
        .filter(one -> !one.id().equals(active.id()) && served.test(one.id()))
        .toList();
  }

  /** Those of the companions in which every memory has a vector, in the order they were made. */
  public List<Space> complete(Space active) {
    SpaceList all = spaces.get();
    return companions(active).stream()
        .filter(
            one ->
                all.find(one.id()).filter(entry -> entry.state() == SpaceState.READY).isPresent())
        .toList();
  }

  /** The spaces as last heard. */
  public SpaceList all() {
    return spaces.get();
  }

  /** How near unrelated memories of the active space are; an assumption while there are few. */
  public Calibration calibration() {
    Space active = space.get();
    return active == null ? Calibration.ASSUMED : calibration(active.id());
  }

  /** The same of another space; null for the active one. */
  public Calibration calibration(String id) {
    return id == null ? calibration() : calibrations.getOrDefault(id, Calibration.ASSUMED);
  }

  /** The same for a tenant: a labelled set has its own, where it was measured. */
  public Calibration calibration(String id, String tenant) {
    Calibration all = calibration(id);
    return tenant.startsWith(SET) ? calibrations.getOrDefault(key(id, tenant), all) : all;
  }

  private static String key(String id, String set) {
    return id + " " + set;
  }

  void calibrate(String id, String set, Calibration measured) {
    calibrations.put(key(id, set), measured);
  }

  /** The calibrations of a labelled set are not needed any more. */
  public void forget(String set) {
    calibrations.keySet().removeIf(key -> key.endsWith(" " + set));
  }

  void calibrate(String id, Calibration measured) {
    calibrations.put(id, measured);
  }

  /** This one alone. */
  void set(Space active) {
    follow(SpaceList.of(active));
  }

  /**
   * From now on as the store says; what it said before a switch is ignored after it.
   *
   * @return whether another space is active now
   */
  synchronized boolean follow(SpaceList heard) {
    if (heard.epoch() < spaces.get().epoch()) {
      return false;
    }
    spaces.set(heard);
    for (SpaceList.Entry entry : heard.all()) {
      if (entry.calibration() != null && !entry.id().equals(heard.active())) {
        calibrations.put(entry.id(), entry.calibration());
      } else if (entry.calibration() != null) {
        calibrations.putIfAbsent(entry.id(), entry.calibration());
      }
    }
    Space active = heard.activeSpace().orElseThrow();
    Space before = space.getAndSet(active);
    if (active.equals(before)) {
      return false;
    }
    embedding.accept(active.id());
    follower.accept(active);
    return before != null && !before.id().equals(active.id());
  }

  /** From now on this one hears of every space that becomes the active one. */
  public void tell(Consumer<Space> hearing) {
    follower = hearing;
  }

  /** From now on these embed for the active space, and say which others they serve. */
  public void servedBy(Embedders embedders) {
    embedding = embedders::activate;
    served = embedders::serves;
  }
}
