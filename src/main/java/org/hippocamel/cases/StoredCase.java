package org.hippocamel.cases;

import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.Remembered;

/**
 * What became of a case that was sent.
 *
 * @param item id and what the write did
 * @param status what it is shown as
 * @param evidence what its log says
 * @param mergedInto {@code _id} of the case that it is part of, or null
 * @param scrubbed secrets that were taken out of it
 */
public record StoredCase(
    Remembered.Item item, CaseStatus status, Evidence evidence, String mergedInto, int scrubbed) {}
