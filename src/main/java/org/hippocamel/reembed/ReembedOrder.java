package org.hippocamel.reembed;

/**
 * A re-embedding as a caller wants it.
 *
 * @param space id of the space to fill; null for that of the model to move to
 * @param switches whether it becomes the active one when it is complete and good
 * @param dryRun whether only is told what it would be
 */
public record ReembedOrder(String space, boolean switches, boolean dryRun) {}
