package org.hippocamel.recall;

/**
 * How memories are found and put in order.
 *
 * @param mode which searches bring them up
 * @param fusing how the lists of mode hybrid become one
 */
public record Ranking(Mode mode, Fusing fusing) {}
