package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds out which texts TEI has cut: it does so silently, and counts tokens by call, not by text.
 * Most texts are too short or come in calls with too few tokens; only the few that are left are
 * counted by TEI's tokenizer. Thread-safe.
 */
public final class Truncation {
  private final CurrentLimits limits;
  private final EmbedCounts counts;

  public Truncation(CurrentLimits limits, EmbedCounts counts) {
    this.limits = limits;
    this.counts = counts;
  }

  /**
   * The texts of a batch that must be counted; marks those that need no counting because they have
   * more words than the model reads tokens.
   */
  public Doubts doubts(EmbedBatch batch) {
    List<Integer> places = new ArrayList<>();
    if (limits.truncating()) {
      BitSet unmeasured = batch.unmeasured();
      batch.calls().forEach(call -> judge(batch, call, unmeasured, places));
    }
    return new Doubts(batch, places);
  }

  private void judge(
      EmbedBatch batch, EmbedBatch.AnsweredCall call, BitSet unmeasured, List<Integer> doubtful) {
    int seen = limits.get().textTokens();
    List<Integer> open = new ArrayList<>();
    for (int i = call.part().from(); i < call.part().to(); i++) {
      if (unmeasured.get(i)
          && batch.answers().get(i).refusal() == null
          && !TokenBounds.fits(batch.texts().get(i), seen)) {
        open.add(i);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    // What TEI counted beyond the least that each text has. For a text that it cut it counted as
    // many as the model reads, so what is above the text's own least must be found in here.
    int[] least = call.part().texts().stream().mapToInt(TokenBounds::least).toArray();
    int spare = call.tokens() - IntStream.of(least).map(words -> Math.min(words, seen)).sum();
    for (int place : open) {
      int words = least[place - call.part().from()];
      if (words > seen) {
        batch.cut(place);
      } else if (seen - words <= spare || call.tokens() == 0) {
        doubtful.add(place);
      }
    }
  }

  /** Marks the texts that have more tokens than the model reads. */
  public void counted(Doubts doubts, List<Tokens> tokens) {
    int seen = limits.get().textTokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).count() > seen) {
        doubts.batch().cut(doubts.places().get(i));
      }
    }
  }

  /** Leaves the texts unmarked, because they could not be counted; tells only how many they are. */
  public void uncounted(Doubts doubts) {
    counts.uncounted(doubts.batch().lane(), doubts.places().size());
  }
}
