package org.hippocamel.memory;

import org.hippocamel.problem.Problem;

/**
 * What the store did with one change.
 *
 * @param created whether the row was not there before; the store's word, not the look-up's: another
 *     writer may have come in between
 * @param refusal why it was not stored, or null
 */
public record Outcome(boolean created, Problem refusal) {}
