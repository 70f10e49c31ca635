package org.hippocamel.memory;

import org.bson.Document;

/**
 * A stored row as far as a new write needs to know it.
 *
 * @param hash of its embedded text
 * @param digest of everything else
 * @param version of its source, or null
 * @param embedded whether it has a vector in the active space
 * @param truncated whether that vector stands for the beginning of its text alone
 */
record Known(String hash, String digest, String version, boolean embedded, boolean truncated) {
  /** A row that another writer made after it was looked up. */
  static final Known OF_SOMEBODY_ELSE = new Known("", "", null, false, false);

  static Known of(Document row) {
    return new Known(
        row.getString("hash"),
        row.getString("digest"),
        row.getString("version"),
        row.getBoolean("embedded", false),
        row.getBoolean("truncated", false));
  }
}
