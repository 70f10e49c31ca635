package org.hippocamel.cases;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.hippocamel.embedding.Tokens;
import org.hippocamel.memory.Solved;

/**
 * Writes cases as a block for a prompt, within a budget of tokens: what worked with its steps
 * numbered, what did not as warnings. A case that does not fit is left out whole, and shorter ones
 * after it may still come in.
 */
public final class CasePrompt {
  private static final String POSITIVES = "Cases like this one that were solved:\n";
  private static final String NEGATIVES = "What was tried at cases like this one and failed:\n";
  private static final String ADVICE =
      "Follow what worked where it fits the present case; do not repeat what failed.\n";

  private final int budget;

  /**
   * @param budget tokens, for requests that name none
   */
  public CasePrompt(int budget) {
    this.budget = budget;
  }

  /** The pieces whose tokens are to be counted: the three fixed ones, then one for each case. */
  public List<String> pieces(CaseReply reply) {
    List<String> pieces = new ArrayList<>(List.of(POSITIVES, NEGATIVES, ADVICE));
    int number = 0;
    for (Example example : reply.positives()) {
      pieces.add(positive(++number, example));
    }
    for (Example example : reply.negatives()) {
      pieces.add(negative(example));
    }
    return pieces;
  }

  private static String positive(int number, Example example) {
    Solved solved = example.solved();
    StringBuilder block = new StringBuilder();
    block.append("\nCase ").append(number).append(": ").append(problem(example)).append('\n');
    if (solved.steps().isEmpty()) {
      return block.append("Solution: ").append(solved.solution().strip()).append('\n').toString();
    }
    block.append("Steps:\n");
    int step = 0;
    for (Solved.Step one : solved.steps()) {
      block.append(++step).append(". ").append(one.text().strip());
      if (one.tool() != null) {
        block.append(" [").append(one.tool()).append(']');
      }
      block.append('\n');
    }
    return block.toString();
  }

  private static String negative(Example example) {
    String note = example.row().get("case", Document.class).getString("note");
    return "\nWarning: "
        + problem(example)
        + "\nTried: "
        + example.solved().solution().strip()
        + "\n"
        + (note == null ? "" : "It failed: " + note.strip() + "\n");
  }

  private static String problem(Example example) {
    return example.row().getString("text").strip();
  }

  /**
   * The block.
   *
   * @param tokens of the pieces
   */
  public Block block(
      CaseReply reply, PromptRequest asked, List<String> pieces, List<Tokens> tokens) {
    int left = (asked.budget() == null ? budget : asked.budget()) - tokens.get(2).count();
    Writing writing = new Writing(pieces, tokens, left);
    int positives = reply.positives().size();
    writing.section(0, 3, 3 + positives);
    writing.section(1, 3 + positives, pieces.size());
    return writing.block(reply);
  }

  /** One block in the making. */
  private static final class Writing {
    private final List<String> pieces;
    private final List<Tokens> tokens;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> shown = new ArrayList<>();
    private final int budget;
    private int used;

    Writing(List<String> pieces, List<Tokens> tokens, int budget) {
      this.pieces = pieces;
      this.tokens = tokens;
      this.budget = budget;
    }

    void section(int heading, int from, int to) {
      boolean begun = false;
      for (int at = from; at < to; at++) {
        int cost = tokens.get(at).count() + (begun ? 0 : tokens.get(heading).count());
        if (used + cost <= budget) {
          text.append(begun ? "" : (text.isEmpty() ? "" : "\n") + pieces.get(heading));
          text.append(pieces.get(at));
          begun = true;
          used += cost;
          shown.add(at - 3);
        }
      }
    }

    Block block(CaseReply reply) {
      List<Example> all = new ArrayList<>(reply.positives());
      all.addAll(reply.negatives());
      List<String> keys = shown.stream().map(at -> all.get(at).key()).toList();
      if (shown.isEmpty()) {
        return new Block("", 0, keys, all.size());
      }
      int advice = tokens.get(2).count();
      return new Block(
          text.append('\n').append(pieces.get(2)).toString(),
          used + advice,
          keys,
          all.size() - keys.size());
    }
  }

  /**
   * A block for a prompt.
   *
   * @param text empty where nothing is like the problem, or nothing fits
   * @param tokens of it, as the served embedding model counts
   * @param cases {@code _id} of those in it, in order
   * @param left how many did not fit
   */
  public record Block(String text, int tokens, List<String> cases, int left) {
    public Block {
      cases = List.copyOf(cases);
    }
  }
}
