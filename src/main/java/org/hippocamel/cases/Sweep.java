package org.hippocamel.cases;

/**
 * A look for histories of cases that are gone.
 *
 * @param after {@code _id} of the last case that was looked at, "" to begin
 * @param due whether it is time
 */
public record Sweep(String after, boolean due) {}
