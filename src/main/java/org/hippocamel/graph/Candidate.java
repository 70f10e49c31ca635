package org.hippocamel.graph;

import java.util.List;
import org.bson.Document;
import org.hippocamel.recall.SearchReply;

/**
 * A memory that may become part of a context, with what each stage says of it.
 *
 * @param id value of {@code _id}
 * @param row the stored memory, or null while only the graph knows it
 * @param hit what recall says, or null when the graph alone brought it up
 * @param relevance place between the worst candidate (0) and the best (1): by recall's score, or
 *     the reranker's where it was asked
 * @param graph rank in the graph against the best one's, in [0, 1]
 * @param hop steps from the hits, 0 for a hit
 * @param via keys that connect it, the rarest first
 * @param reranked the reranker's score, or null
 * @param score relevance and graph together, in [0, 1]
 * @param vector its vector, or null where it was not asked for or there is none
 */
public record Candidate(
    String id,
    Document row,
    SearchReply.Hit hit,
    double relevance,
    double graph,
    int hop,
    List<String> via,
    Double reranked,
    double score,
    float[] vector) {

  Candidate withRow(Document found, float[] stored) {
    return new Candidate(id, found, hit, relevance, graph, hop, via, reranked, score, stored);
  }

  Candidate withReranked(double rerankScore, double share, double both) {
    return new Candidate(id, row, hit, share, graph, hop, via, rerankScore, both, vector);
  }

  /** Its text as the embedder and the reranker read it: after the headings above it. */
  String read() {
    String heading = row.getEmbedded(List.of("source", "heading"), "");
    String text = row.getString("text");
    return heading.isEmpty() ? text : heading + "\n" + text;
  }
}
