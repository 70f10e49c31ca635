package org.hippocamel.cases;

import org.hippocamel.memory.CaseStatus;

/**
 * What a case is by its log.
 *
 * @param key {@code _id} of the case
 * @param evidence the sums over its log
 * @param status what it is shown as
 * @param note what the last verdict that says why says, or null
 */
public record CaseState(String key, Evidence evidence, CaseStatus status, String note) {}
