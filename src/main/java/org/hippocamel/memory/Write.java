package org.hippocamel.memory;

/**
 * One row to be written.
 *
 * @param key value of {@code _id}
 * @param draft what to store
 * @param hash of its embedded text
 * @param digest of everything else
 * @param known the row that is there, or null
 * @param twin a vector that the store already has for this very text, or null
 */
record Write(String key, Draft draft, String hash, String digest, Known known, Object twin) {

  static Write of(String tenant, Draft draft) {
    return new Write(
        MemoryId.key(tenant, MemoryId.of(draft)),
        draft,
        MemoryId.hash(draft),
        MemoryId.digest(draft),
        null,
        null);
  }

  Write withKnown(Known row) {
    return new Write(key, draft, hash, digest, row, twin);
  }

  Write withTwin(Object vector) {
    return new Write(key, draft, hash, digest, known, vector);
  }

  /** The stored row already has the vector of this text. */
  boolean embedded() {
    return known != null && known.embedded() && known.hash().equals(hash);
  }

  /** Whether TEI must be asked. */
  boolean needsVector() {
    return !embedded() && twin == null;
  }

  /** Nothing that a reader could see would change. */
  boolean unchanged() {
    return embedded() && known.digest().equals(digest);
  }

  /** Nothing at all would change, the version of the source included. */
  boolean needless() {
    String version = draft.source() == null ? null : draft.source().version();
    return unchanged() && java.util.Objects.equals(version, known.version());
  }

  Remembered.Status status() {
    if (known == null) {
      return Remembered.Status.CREATED;
    }
    return unchanged() ? Remembered.Status.UNCHANGED : Remembered.Status.UPDATED;
  }
}
