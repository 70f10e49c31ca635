package org.hippocamel.embedded.tei.core;

import java.util.List;

/**
 * One call for inference.
 *
 * @param promptName null for none
 */
public record InferCall(
    List<EncodingInput> inputs, Lane lane, Truncation truncation, String promptName, Task task) {}
