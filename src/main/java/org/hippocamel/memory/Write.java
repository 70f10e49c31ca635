package org.hippocamel.memory;

import java.util.Objects;
import org.hippocamel.problem.Problem;

/**
 * One row to be written.
 *
 * @param key value of {@code _id}
 * @param draft what to store
 * @param hash of its embedded text
 * @param digest of everything else
 * @param known the row that is there, or null
 * @param vector BinData to store, found in the store or just computed; null while there is none
 * @param truncated whether the vector stands for the beginning of the text alone
 * @param refusal why its text has no vector, or null
 */
record Write(
    String key,
    Draft draft,
    String hash,
    String digest,
    Known known,
    Object vector,
    boolean truncated,
    Problem refusal) {

  static Write of(String tenant, Draft draft) {
    return new Write(
        MemoryId.key(tenant, MemoryId.of(draft)),
        draft,
        MemoryId.hash(draft),
        MemoryId.digest(draft),
        null,
        null,
        false,
        null);
  }

  Write withKnown(Known row) {
    return new Write(key, draft, hash, digest, row, vector, truncated, refusal);
  }

  Write withVector(Object found, boolean ofItsBeginning) {
    return new Write(key, draft, hash, digest, known, found, ofItsBeginning, refusal);
  }

  Write refused(Problem problem) {
    return new Write(key, draft, hash, digest, known, vector, truncated, problem);
  }

  /**
   * Whether a vector has to be found. Text, hash and vector are always written together, even where
   * only the metadata changed: of two writers of one row the last one's row is whole.
   */
  boolean needsVector() {
    return !unchanged() && vector == null;
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
    boolean cut = refusal == null && (unchanged() ? known.truncated() : truncated);
    return new Remembered.Item(MemoryId.id(key), status(), cut, refusal);
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
