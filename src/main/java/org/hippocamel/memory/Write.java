package org.hippocamel.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * One row to be written.
 *
 * @param key value of {@code _id}
 * @param draft what to store
 * @param hash of its embedded text
 * @param digest of everything else
 * @param keys by which it has neighbours
 * @param space id of the space that it needs a vector in
 * @param known the row that is there, or null
 * @param vectors where its text is, by the id of the space; of spaces that are not needed as well
 * @param refusal why it is not stored, or null
 * @param upsert the change as it goes to the store; null before that, and where nothing changes
 */
record Write(
    String key,
    Draft draft,
    String hash,
    String digest,
    List<String> keys,
    String space,
    Known known,
    Map<String, Placed> vectors,
    Problem refusal,
    Upsert upsert) {

  static Write of(String tenant, Draft draft, Keying keying, String space) {
    String id = MemoryId.of(draft);
    List<String> keys = keying.keys(id, draft);
    return new Write(
        MemoryId.key(tenant, id),
        draft,
        MemoryId.hash(draft),
        MemoryId.digest(draft, keys),
        keys,
        space,
        null,
        Map.of(),
        null,
        null);
  }

  Write withKnown(Known row) {
    return new Write(key, draft, hash, digest, keys, space, row, vectors, refusal, upsert);
  }

  /** With its vector in one space more. */
  Write with(String id, Placed placed) {
    return with(Map.of(id, placed));
  }

  /** With its vectors in other spaces. */
  Write with(Map<String, Placed> more) {
    Map<String, Placed> all = new LinkedHashMap<>(vectors);
    all.putAll(more);
    return new Write(key, draft, hash, digest, keys, space, known, all, refusal, upsert);
  }

  Write refused(Problem problem) {
    return new Write(key, draft, hash, digest, keys, space, known, vectors, problem, upsert);
  }

  /** With its change, or refused because the store takes no document of that size. */
  Write sent(Upsert change) {
    return change.fits()
        ? new Write(key, draft, hash, digest, keys, space, known, vectors, refusal, change)
        : refused(
            new Problem(
                ProblemKind.TOO_LARGE,
                "takes "
                    + change.bytes()
                    + " bytes in the store, more than "
                    + Upsert.LARGEST
                    + ", the largest document MongoDB takes"));
  }

  /** Goes to the store. */
  boolean toStore() {
    return upsert != null && refusal == null;
  }

  /** As the store says it was: the row that was looked up may have come or gone meanwhile. */
  Write stored(Outcome outcome) {
    if (outcome.refusal() != null) {
      return refused(outcome.refusal());
    }
    if (outcome.created()) {
      return withKnown(null);
    }
    return known == null ? withKnown(Known.OF_SOMEBODY_ELSE) : this;
  }

  /**
   * Whether a vector has to be found. Text, hash and vector are always written together, even where
   * only the metadata changed: of two writers of one row the last one's row is whole.
   */
  boolean needsVector() {
    return !unchanged() && !vectors.containsKey(space);
  }

  /** Nothing that a reader could see would change. */
  boolean unchanged() {
    return known != null
        && known.embedded()
        && known.hash().equals(hash)
        && known.digest().equals(digest);
  }

  /**
   * Nothing is to be written: the row is the same to the last field, or has no vector to go with.
   */
  boolean needless() {
    String version = draft.source() == null ? null : draft.source().version();
    return refusal != null || unchanged() && Objects.equals(version, known.version());
  }

  Remembered.Item item() {
    boolean cut = refusal == null && (unchanged() ? known.truncated() : placedInPart());
    return new Remembered.Item(MemoryId.id(key), status(), cut, refusal);
  }

  private boolean placedInPart() {
    return vectors.containsKey(space) && vectors.get(space).truncated();
  }

  private Remembered.Status status() {
    if (refusal != null) {
      return Remembered.Status.REFUSED;
    }
    if (known == null) {
      return Remembered.Status.CREATED;
    }
    return unchanged() ? Remembered.Status.UNCHANGED : Remembered.Status.UPDATED;
  }
}
