package org.hippocamel.memory;

/**
 * Where a passage comes from.
 *
 * @param id stable id of the source within its tenant
 * @param uri file name or URI as the user knows it
 * @param title title of the document or record, or null
 * @param version fingerprint of the source's content; passages of another version are surplus
 * @param record 0-based number of the record in its source (a line of a JSONL file), 0 for a
 *     document
 * @param chunk 0-based number of the passage in its record
 * @param chunks passages of the record
 * @param heading path of headings above the passage, {@code "Setup > Ports"}, or null
 */
public record Source(
    String id,
    String uri,
    String title,
    String version,
    long record,
    int chunk,
    int chunks,
    String heading) {}
