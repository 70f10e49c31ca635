package org.hippocamel.ingest;

/**
 * A piece of a record, ready to be embedded.
 *
 * @param heading path of headings above it, {@code "Setup > Ports"}, or null
 * @param text a stretch of the record's own text, not blank
 */
record Passage(String heading, String text) {}
