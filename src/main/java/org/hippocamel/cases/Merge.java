package org.hippocamel.cases;

/**
 * Two cases that are to be one.
 *
 * @param tenant whose they are
 * @param from {@code _id} of the one that is shown no more
 * @param into {@code _id} of the one that has both histories from now on
 */
public record Merge(String tenant, String from, String into) {}
