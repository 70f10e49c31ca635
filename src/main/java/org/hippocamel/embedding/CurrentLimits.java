package org.hippocamel.embedding;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hippocamel.config.Settings;

/**
 * The limits in force. They begin with TEI's stock values and follow the {@code /info} of the
 * servers that serve. Thread-safe.
 */
public final class CurrentLimits implements Supplier<EmbedLimits> {
  private final Settings.Tei tei;
  private final Settings.Embed embed;
  private final AtomicReference<EmbedLimits> limits = new AtomicReference<>();
  private final List<Consumer<EmbedLimits>> followers = new CopyOnWriteArrayList<>();

  public CurrentLimits(Settings.Tei tei, Settings.Embed embed) {
    this.tei = tei;
    this.embed = embed;
    follow(List.of(TeiInfo.STOCK));
  }

  /** From now on as these servers allow, together; at least one. */
  public void follow(List<TeiInfo> serving) {
    limits.set(EmbedLimits.together(serving.stream().map(this::of).toList()));
    followers.forEach(follower -> follower.accept(get()));
  }

  /** What one server allows. */
  EmbedLimits of(TeiInfo info) {
    return EmbedLimits.of(tei, embed, info);
  }

  /** Tells the limits now and whenever they change. */
  public void tell(Consumer<EmbedLimits> follower) {
    followers.add(follower);
    follower.accept(get());
  }

  @Override
  public EmbedLimits get() {
    return limits.get();
  }
}
