package org.hippocamel.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * One line of a script: when, for which texts, and what then happens.
 *
 * <pre>
 * 10s..20s overloaded                 # from ten to twenty seconds after the script began
 * calls 1..3 reset                    # the first three embedding calls
 * text "poison" null                  # the texts that contain poison
 * 30s..60s calls 100.. slow 200ms     # conditions together; an open end
 * always hang-up
 * </pre>
 *
 * @param from since the script began, included
 * @param to excluded; null for no end
 * @param fromCall number of an embedding call since the script began, from 1, included
 * @param toCall included
 * @param texts a call is struck when one of its texts is; {@link Effect#NULL} strikes only these
 * @param effect what happens
 * @param amount the effect's number, or its time in milliseconds; 0 for none
 * @param word the effect's name, "" for none
 */
public record Fault(
    Duration from,
    Duration to,
    int fromCall,
    int toCall,
    Predicate<String> texts,
    Effect effect,
    long amount,
    String word) {

  /**
   * Reads a line of a script.
   *
   * @throws IllegalArgumentException saying what was expected where
   */
  public static Fault parse(String line) {
    return new FaultParser(line).fault();
  }

  /** Reads a script: a fault a line, empty lines and those that begin with # apart. */
  public static List<Fault> script(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .map(Fault::parse)
        .toList();
  }

  /** The same for other texts. */
  public Fault forTexts(Predicate<String> others) {
    return new Fault(from, to, fromCall, toCall, others, effect, amount, word);
  }

  /** Whether it strikes a call. */
  boolean strikes(Duration at, int call, List<String> called) {
    return holds(at, call) && called.stream().anyMatch(texts);
  }

  /** Whether it would strike a call of the right text. */
  boolean holds(Duration at, int call) {
    boolean inTime = at.compareTo(from) >= 0 && (to == null || at.compareTo(to) < 0);
    return inTime && call >= fromCall && call <= toCall;
  }
}
