package org.hippocamel.job;

import org.bson.Document;

/**
 * A job that is to be made.
 *
 * @param tenant whose it is
 * @param kind what is to be done
 * @param id its id within the tenant; asking for it twice makes one job. Null for a new one
 * @param unit what its progress counts, a plural for people: {@code lines}
 * @param parameters what the worker has to know, and callers may see
 */
public record JobRequest(
    String tenant, JobKind kind, String id, String unit, Document parameters) {}
