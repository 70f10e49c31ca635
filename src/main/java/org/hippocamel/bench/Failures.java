package org.hippocamel.bench;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What is to go wrong, by command and by script. Thread-safe. */
final class Failures {
  private record TextFailure(Predicate<String> text, HttpReply reply) {}

  private final Queue<HttpReply> next = new ConcurrentLinkedQueue<>();
  private final Collection<TextFailure> ofTexts = new CopyOnWriteArrayList<>();
  private volatile long delayMillis;
  private volatile Script script = new Script(List.of());

  void next(int n, int status, String body) {
    for (int i = 0; i < n; i++) {
      next.add(reply(status, body));
    }
  }

  void ofTexts(Predicate<String> text, int status, String body) {
    ofTexts.add(new TextFailure(text, reply(status, body)));
  }

  void delay(long millis) {
    delayMillis = millis;
  }

  long delay() {
    return delayMillis;
  }

  void play(Script other) {
    script = other;
  }

  Script script() {
    return script;
  }

  void heal() {
    next.clear();
    ofTexts.clear();
    delayMillis = 0;
    script = new Script(List.of());
  }

  /** The commanded answer to a call of these texts. */
  Optional<HttpReply> commanded(List<String> texts) {
    HttpReply first = next.poll();
    return first != null
        ? Optional.of(first)
        : ofTexts.stream()
            .filter(failure -> texts.stream().anyMatch(failure.text()))
            .map(TextFailure::reply)
            .findFirst();
  }

  private static HttpReply reply(int status, String body) {
    if (status == 0) {
      return HttpReply.none(HttpReply.Ending.DROPPED);
    }
    boolean json = body.startsWith("{") || body.startsWith("[");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return json ? HttpReply.json(status, bytes) : HttpReply.text(status, body);
  }
}
