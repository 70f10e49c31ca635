package org.hippocamel.embedding;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.hippocamel.config.Settings;

/**
 * The limits in force. They begin with TEI's stock values and follow the server's {@code /info}.
 * Thread-safe.
 */
public final class CurrentLimits {
  private static final TeiInfo STOCK = new TeiInfo("", null, "cls", 512, 32, 512, 16_384, true);

  private final Settings.Tei tei;
  private final Settings.Embed embed;
  private final AtomicReference<EmbedLimits> limits = new AtomicReference<>();
  private final List<Consumer<EmbedLimits>> followers = new CopyOnWriteArrayList<>();
  private volatile boolean truncating;

  public CurrentLimits(Settings.Tei tei, Settings.Embed embed) {
    this.tei = tei;
    this.embed = embed;
    follow(STOCK);
  }

  /** From now on as this server allows. */
  public void follow(TeiInfo info) {
    limits.set(EmbedLimits.of(tei, embed, info));
    truncating = info.autoTruncate();
    followers.forEach(follower -> follower.accept(get()));
  }

  /** Tells the limits now and whenever they change. */
  public void tell(Consumer<EmbedLimits> follower) {
    followers.add(follower);
    follower.accept(get());
  }

  /** Whether the server cuts texts that are too long for the model, instead of refusing them. */
  public boolean truncating() {
    return truncating;
  }

  public EmbedLimits get() {
    return limits.get();
  }
}
