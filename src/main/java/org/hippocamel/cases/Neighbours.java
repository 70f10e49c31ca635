package org.hippocamel.cases;

/**
 * The near-duplicates of a new case.
 *
 * @param count cases of nearly the same problem, the new one's own row aside
 * @param twin {@code _id} of the nearest of them with the same solution, or null
 */
public record Neighbours(int count, String twin) {}
