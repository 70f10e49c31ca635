package org.hippocamel.reembed;

/**
 * How far the slices of a job are.
 *
 * @param slices of the job
 * @param open of them, in somebody's hands or in nobody's
 * @param rows that lacked a vector when the job began
 * @param done rows that got a vector
 * @param refused rows whose text the embedder refuses
 */
record SliceTally(long slices, long open, long rows, long done, long refused) {
  static final SliceTally NONE = new SliceTally(0, 0, 0, 0, 0);
}
