package org.hippocamel.batching;

/**
 * What one call may hold. A ticket that is larger by itself travels alone: its caller asked for as
 * much at once.
 */
public record Bounds(int items, long bytes) {}
