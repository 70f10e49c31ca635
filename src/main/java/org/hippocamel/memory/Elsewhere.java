package org.hippocamel.memory;

import java.util.List;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.spaces.Space;

/**
 * What a write asks for in a space that is not the one it waits for.
 *
 * @param space one that is being built, or kept for a way back
 * @param hashes of the texts, in their order
 * @param request for their vectors in that space, with little patience
 */
public record Elsewhere(Space space, List<String> hashes, EmbedRequest request) {}
