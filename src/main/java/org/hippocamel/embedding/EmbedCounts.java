package org.hippocamel.embedding;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.hippocamel.embedding.Embedding.Cut;

/** What was embedded since the start, by lane. Each text counts once. Thread-safe. */
public final class EmbedCounts {
  private final Map<Lane, Map<Count, LongAdder>> counts = new EnumMap<>(Lane.class);
  private volatile Follower follower = (lane, texts, tokens) -> {};

  /** What is counted. */
  public enum Count {
    /** Texts that went to TEI, those included that it refused. */
    TEXTS,
    /** Tokens of the texts that have vectors, as TEI counted them. */
    TOKENS,
    /** Texts that were cut, as far as known. */
    TRUNCATED,
    /** Texts that got no vector. */
    REFUSED,
    /** Texts of which nobody could say whether they were cut. */
    UNCOUNTED,
    /** Texts whose vectors were in the cache. */
    CACHED,
    /**
     * Tokens of the calls if each text were as long as the longest beside it, as a device without
     * ragged batches works on them; a text's tokens are estimated by its share of the characters.
     */
    PADDED_TOKENS;

    /** The name in metrics: {@code texts}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Hears of every batch that had a call, whatever became of it. */
  public interface Follower {
    /**
     * @param texts of the batch
     * @param tokens of those that have vectors
     */
    void called(Lane lane, int texts, long tokens);
  }

  public EmbedCounts() {
    for (Lane lane : Lane.values()) {
      Map<Count, LongAdder> own = new EnumMap<>(Count.class);
      for (Count count : Count.values()) {
        own.put(count, new LongAdder());
      }
      counts.put(lane, own);
    }
  }

  public long get(Lane lane, Count count) {
    return counts.get(lane).get(count).sum();
  }

  /** Counts a batch before it is settled, whatever became of its calls. */
  public void count(EmbedBatch batch) {
    long tokens = 0;
    int vectors = 0;
    int truncated = 0;
    int uncounted = 0;
    int longest = 0;
    for (Embedding answer : batch.answers()) {
      if (answer != null && answer.refusal() == null) {
        vectors++;
        tokens += answer.tokens();
        longest = Math.max(longest, answer.tokens());
        truncated += answer.cut() == Cut.YES ? 1 : 0;
        uncounted += answer.cut() == Cut.UNKNOWN ? 1 : 0;
      }
    }
    int texts = batch.tickets().stream().mapToInt(ticket -> ticket.texts().size()).sum();
    add(batch.lane(), Count.TEXTS, texts);
    add(batch.lane(), Count.TOKENS, tokens);
    add(batch.lane(), Count.TRUNCATED, truncated);
    add(batch.lane(), Count.REFUSED, texts - vectors);
    add(batch.lane(), Count.UNCOUNTED, uncounted);
    add(batch.lane(), Count.PADDED_TOKENS, (long) longest * vectors);
    if (texts > 0) {
      follower.called(batch.lane(), texts, tokens);
    }
  }

  /** Counts what a caller needed no call for. */
  public void asked(Asked asked) {
    add(asked.lane(), Count.CACHED, asked.known());
  }

  /** From now on this one hears of every batch. */
  public void tell(Follower hearing) {
    follower = hearing;
  }

  private void add(Lane lane, Count count, long more) {
    counts.get(lane).get(count).add(more);
  }
}
