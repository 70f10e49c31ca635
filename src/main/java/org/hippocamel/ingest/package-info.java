/**
 * Turns files and documents into passages: reads records, splits them along their structure, names
 * their source. Pure values on the JDK, Jackson and commonmark; of this project it may import
 * {@code problem}, {@code config}, {@code memory} and {@code embedding}.
 */
package org.hippocamel.ingest;
