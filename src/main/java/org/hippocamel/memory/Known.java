package org.hippocamel.memory;

import org.bson.Document;

/**
 * A stored row as far as a new write needs to know it.
 *
 * @param hash of its embedded text
 * @param digest of everything else
 * @param version of its source, or null
 * @param embedded whether it has a vector in the space that is asked about
 * @param truncated whether that vector stands for the beginning of its text alone
 */
record Known(String hash, String digest, String version, boolean embedded, boolean truncated) {
  /** Before the id of a space: whether the row has a vector there. */
  static final String EMBEDDED = "embedded_";

  /** A row that another writer made after it was looked up. */
  static final Known OF_SOMEBODY_ELSE = new Known("", "", null, false, false);

  static Known of(Document row, String space) {
    Document cut = row.get("truncated", Document.class);
    return new Known(
        row.getString("hash"),
        row.getString("digest"),
        row.getString("version"),
        row.getBoolean(EMBEDDED + space, false),
        cut != null && cut.getBoolean(space, false));
  }
}
