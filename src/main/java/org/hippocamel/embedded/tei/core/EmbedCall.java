package org.hippocamel.embedded.tei.core;

import java.util.List;

/**
 * One call to embed.
 *
 * @param promptName null for none
 * @param dimensions length to cut vectors to before they are normalised, null for all
 */
public record EmbedCall(
    List<EncodingInput> inputs,
    Lane lane,
    Truncation truncation,
    String promptName,
    boolean normalize,
    Integer dimensions) {}
