package org.hippocamel.bench;

/** Whose errors the scripted TEI speaks. */
public enum Dialect {
  /**
   * TEI 1.8.2: what is invalid is answered 413, an empty text too; long texts are refused unless
   * the caller wants them cut; calls of several texts wait for permits.
   */
  TEI_1_8("1.8.2", 413, 413, false),
  /** TEI 1.9.3: 422 and 400; long texts are cut; no call waits for permits. */
  TEI_1_9("1.9.3", 422, 400, true);

  private final String version;
  private final int invalid;
  private final int empty;
  private final boolean autoTruncate;

  Dialect(String version, int invalid, int empty, boolean autoTruncate) {
    this.version = version;
    this.invalid = invalid;
    this.empty = empty;
    this.autoTruncate = autoTruncate;
  }

  String version() {
    return version;
  }

  /** Status of {@code Validation}. */
  int invalid() {
    return invalid;
  }

  /** Status of an empty text. */
  int empty() {
    return empty;
  }

  /** What becomes of long texts when the caller does not say. */
  boolean autoTruncate() {
    return autoTruncate;
  }

  /** Whether a call of several texts waits for permits instead of being answered 429. */
  boolean batchesWait() {
    return this == TEI_1_8;
  }
}
