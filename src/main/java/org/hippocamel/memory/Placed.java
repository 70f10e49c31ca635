package org.hippocamel.memory;

/**
 * Where a text is in one embedding space.
 *
 * @param vector BinData to store, found in the store or just computed
 * @param truncated whether it stands for the beginning of the text alone
 */
record Placed(Object vector, boolean truncated) {}
