package org.hippocamel.embedded.tei.core;

/**
 * The tokens of one input as the model reads them.
 *
 * @param ids at least one
 * @param typeIds which text of a pair each token belongs to, one per id
 */
public record ValidEncoding(long[] ids, long[] typeIds) {
  public int length() {
    return ids.length;
  }
}
