package org.hippocamel.embedded.atlas.command;

import org.hippocamel.embedded.atlas.query.ErrorCode;

/** {@code database.collection}: what may stand there. */
final class Namespaces {
  /** MongoDB's own bound. */
  private static final int MAX_LENGTH = 255;

  private Namespaces() {}

  static String of(String database, String collection) {
    String namespace = database + "." + collection;
    boolean bad =
        database.isEmpty()
            || collection.isEmpty()
            || collection.startsWith(".")
            || collection.startsWith("system.")
            || collection.indexOf('\0') >= 0
            || collection.indexOf('$') >= 0
            || database.chars().anyMatch(c -> "/\\. \"$\0".indexOf(c) >= 0)
            || namespace.length() > MAX_LENGTH;
    if (bad) {
      throw ErrorCode.INVALID_NAMESPACE.because("Invalid namespace specified '" + namespace + "'");
    }
    return namespace;
  }

  static String database(String namespace) {
    return namespace.substring(0, namespace.indexOf('.'));
  }

  static String collection(String namespace) {
    return namespace.substring(namespace.indexOf('.') + 1);
  }
}
