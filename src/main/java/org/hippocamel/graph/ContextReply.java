package org.hippocamel.graph;

import java.util.stream.Collectors;
import org.hippocamel.recall.SearchReply;

/**
 * A context.
 *
 * @param request what was asked
 * @param recalled what the search said
 * @param ranked what there was to choose from
 * @param cited what was chosen
 * @param laps how long the stages took
 */
public record ContextReply(
    ContextRequest request, SearchReply recalled, Ranked ranked, Cited cited, Laps laps) {

  /** The block to put before a model: each memory behind its number, a blank line between two. */
  public String text() {
    return cited.citations().stream().map(Citation::block).collect(Collectors.joining("\n\n"));
  }
}
