package org.hippocamel.bench;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a {@link Fault} does to a call of the model; the word is that of the script. */
public enum Effect {
  /** 429 {@code Overloaded}. */
  OVERLOADED("overloaded", Argument.NONE),
  /** 503 {@code Unhealthy}, of {@code /health} too. */
  UNAVAILABLE("unavailable", Argument.NONE),
  /** 424 {@code Backend} after the service time: the device ran out of memory. */
  OUT_OF_MEMORY("out-of-memory", Argument.NONE),
  /** 422 {@code Validation}, in the dialect of 1.8 413. */
  INVALID("invalid", Argument.NONE),
  /** 413 as plain text: the body is above the payload limit. */
  TOO_LARGE("too-large", Argument.NONE),
  /** This status without a body, as from a proxy. */
  STATUS("status", Argument.NUMBER),
  /** Vectors or scores that are no numbers: JSON nulls, or the bits of NaN in base64. */
  NULL("null", Argument.NONE),
  /** Vectors of this length. */
  DIMENSION("dimension", Argument.NUMBER),
  /** Replies and {@code /info} name this model. */
  MODEL("model", Argument.WORD),
  /** Scores that are logits although probabilities were asked for. */
  LOGITS("logits", Argument.NONE),
  /** The first text has no score. */
  MISSING("missing", Argument.NONE),
  /** The first text has no score, the last one two. */
  TWICE("twice", Argument.NONE),
  /** Answers this much later. */
  SLOW("slow", Argument.DURATION),
  /** The connection is reset in place of an answer. */
  RESET("reset", Argument.NONE),
  /** The connection is closed in place of an answer. */
  DROP("drop", Argument.NONE),
  /** The answer says nothing of it, but the connection is closed behind it. */
  HANG_UP("hang-up", Argument.NONE),
  /** The port is closed, as between the death of a process and its return. */
  AWAY("away", Argument.NONE);

  /** What stands behind the word. */
  enum Argument {
    NONE(""),
    NUMBER(" NUMBER"),
    WORD(" NAME"),
    DURATION(" TIME");

    private final String shown;

    Argument(String shown) {
      this.shown = shown;
    }
  }

  private final String word;
  private final Argument argument;

  Effect(String word, Argument argument) {
    this.word = word;
    this.argument = argument;
  }

  Argument argument() {
    return argument;
  }

  static Optional<Effect> of(String word) {
    return Arrays.stream(values()).filter(effect -> effect.word.equals(word)).findFirst();
  }

  /** Every word with its argument. */
  static String words() {
    return Arrays.stream(values())
        .map(effect -> effect.word + effect.argument.shown)
        .collect(Collectors.joining(", "));
  }
}
