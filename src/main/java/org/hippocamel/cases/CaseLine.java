package org.hippocamel.cases;

/**
 * One line of a file of cases.
 *
 * @param number 1-based
 * @param made the case, or null when the line is at fault
 * @param fault what is wrong with it, or null
 */
public record CaseLine(int number, NewCase made, String fault) {}
