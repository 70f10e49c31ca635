package org.hippocamel.embedding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.hippocamel.embedding.Embedding.Cut;

/**
 * Finds out which texts TEI has cut: it does so silently, and counts tokens by call, not by text.
 * Most texts are too short or come in calls with too few tokens; only the few that are left are
 * counted by TEI's tokenizer.
 */
public final class Truncation {

  /**
   * The texts of a batch that must be counted; marks those that need no counting because they have
   * more words than the model reads tokens.
   */
  public Doubts doubts(EmbedBatch batch) {
    List<Doubts.Place> places = new ArrayList<>();
    BitSet unmeasured = batch.unmeasured();
    batch.calls().forEach(call -> judge(batch, call, unmeasured, places));
    return new Doubts(batch, places);
  }

  private static void judge(
      EmbedBatch batch,
      EmbedBatch.AnsweredCall call,
      BitSet unmeasured,
      List<Doubts.Place> doubtful) {
    int read = call.textTokens();
    List<Integer> open =
        IntStream.range(call.from(), call.to())
            .filter(unmeasured::get)
            .filter(i -> batch.answers().get(i).refusal() == null)
            .filter(i -> !TokenBounds.fits(batch.texts().get(i), read))
            .boxed()
            .toList();
    if (open.isEmpty()) {
      return;
    }
    // What TEI counted beyond the least that each text has. For a text that it cut it counted as
    // many as the model reads, so what is above the text's own least must be found in here.
    List<String> texts = batch.texts().subList(call.from(), call.to());
    int[] least = texts.stream().mapToInt(TokenBounds::least).toArray();
    int spare = call.tokens() - IntStream.of(least).map(words -> Math.min(words, read)).sum();
    for (int text : open) {
      int words = least[text - call.from()];
      if (words > read) {
        batch.cut(text, Cut.YES);
      } else if (read - words <= spare || call.tokens() == 0) {
        doubtful.add(new Doubts.Place(text, read));
      }
    }
  }

  /** Marks the texts that have more tokens than the model reads. */
  public void counted(Doubts doubts, List<Tokens> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Doubts.Place place = doubts.places().get(i);
      if (tokens.get(i).count() > place.textTokens()) {
        doubts.batch().cut(place.text(), Cut.YES);
      }
    }
  }

  /** Marks the texts as ones of which nothing is known, because they could not be counted. */
  public void uncounted(Doubts doubts) {
    doubts.places().forEach(place -> doubts.batch().cut(place.text(), Cut.UNKNOWN));
  }
}
