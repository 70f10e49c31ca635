package org.hippocamel.reembed;

/**
 * What became of some rows of a slice.
 *
 * @param done rows that have a vector now
 * @param refused rows whose text the embedder refuses
 */
public record PortionResult(long done, long refused) {}
