package org.hippocamel.embedding;

/**
 * One call's place at a replica, given back when the call is over.
 *
 * @param replica where the call goes
 * @param lane whose slots it takes, or null for a call that takes no permits (TEI's /tokenize)
 * @param texts texts of the call
 * @param since {@link System#nanoTime} when it was given
 */
public record Turn(Replica replica, Lane lane, int texts, long since) {

  /** Whether it is a call for vectors. */
  public boolean embeds() {
    return lane != null;
  }

  /** Base URL of the replica. */
  public String url() {
    return replica.url();
  }
}
