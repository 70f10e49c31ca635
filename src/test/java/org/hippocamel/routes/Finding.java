package org.hippocamel.routes;

/**
 * One fault in a checked file.
 *
 * @param file name of the file
 * @param line 1-based, 0 for the file as a whole
 * @param what what is wrong and what to write instead
 */
record Finding(String file, int line, String what) {
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + what;
  }
}
