package org.hippocamel.embedded.tei.core;

/**
 * One input in the queue.
 *
 * @param index its place in the call
 * @param startedNanos when its call began, on the clock of {@link System#nanoTime}
 * @param queuedNanos when it was queued, on the same clock
 */
record Entry(
    Pending pending, int index, ValidEncoding encoding, long startedNanos, long queuedNanos) {}
