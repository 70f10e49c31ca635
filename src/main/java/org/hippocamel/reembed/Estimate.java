package org.hippocamel.reembed;

/**
 * What a re-embedding would be.
 *
 * @param space id of the space that it would fill
 * @param model of that space
 * @param memories in the store
 * @param missing of them, those without a vector in the space
 * @param tokens of those, from a sample
 * @param textsPerSecond at which the sample was embedded just now, within the bound that is set
 * @param seconds for all of them at that rate
 * @param sample texts of the sample; 0 when nothing is missing
 */
public record Estimate(
    String space,
    String model,
    long memories,
    long missing,
    long tokens,
    double textsPerSecond,
    double seconds,
    int sample) {}
