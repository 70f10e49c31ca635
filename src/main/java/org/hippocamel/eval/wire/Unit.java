package org.hippocamel.eval.wire;

/** What a document of a set becomes when it is stored. */
public enum Unit {
  /** One interaction, its id the document's: title and text, embedded as far as the model reads. */
  MEMORY,
  /** A document with its title apart, cut into passages; its rank is that of its best passage. */
  DOCUMENT
}
