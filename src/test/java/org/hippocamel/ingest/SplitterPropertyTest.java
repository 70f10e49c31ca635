package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold for any text; the texts are random, the seeds fixed. */
class SplitterPropertyTest {
  private static final int ROUNDS = 150;

  private final Random random = new Random(20260131);
  private int word;
  private int ideograph;

  @ParameterizedTest
  @CsvSource({"300,30,510", "40,20,510", "24,0,510", "300,30,64"})
  void passages_ofTextCoverItInOrderBelowTheLimit(int max, int overlap, int modelLimit) {
    Splitter splitter = new Splitter(max, Math.min(overlap, 28), modelLimit);
    for (int i = 0; i < ROUNDS; i++) {
      String text = text(false);
      SourceRecord record = SourceRecord.document(null, text, DocumentFormat.TEXT);
      List<Passage> passages =
          splitter.passages(record, FakeTokenizer.count(splitter.units(record)));
      assertCovered(text, passages);
      assertBelow(Math.min(max, modelLimit), passages);
    }
  }

  @ParameterizedTest
  @CsvSource({"300,30,510", "40,20,510", "300,30,64"})
  void passages_ofMarkdownHoldEveryWordBelowTheLimit(int max, int overlap, int modelLimit) {
    Splitter splitter = new Splitter(max, Math.min(overlap, 28), modelLimit);
    for (int i = 0; i < ROUNDS; i++) {
      String text = text(true);
      SourceRecord record = SourceRecord.document("file.md", text, DocumentFormat.MARKDOWN);
      List<Passage> passages =
          splitter.passages(record, FakeTokenizer.count(splitter.units(record)));
      String all =
          String.join(" ", passages.stream().map(p -> p.heading() + " " + p.text()).toList());
      List<String> found = Arrays.asList(all.split("[^w\\d]+"));
      for (String one : text.split("[^w\\d]+")) {
        assertTrue(one.isEmpty() || found.contains(one), one + " is lost from:\n" + text);
      }
      assertBelow(Math.min(max, modelLimit), passages);
    }
  }

  private static void assertBelow(int limit, List<Passage> passages) {
    for (Passage passage : passages) {
      String heading = passage.heading() == null ? "" : passage.heading() + "\n";
      int tokens = FakeTokenizer.count(heading + passage.text()).count();
      // a cut inside a word may cost one token more than the count of the whole text foresaw
      assertTrue(tokens <= limit + 1, tokens + " tokens in: " + heading + passage.text());
    }
  }

  private static void assertCovered(String text, List<Passage> passages) {
    String source = text.replaceAll("\\s+", "");
    int covered = 0;
    int last = 0;
    for (Passage passage : passages) {
      String part = passage.text().replaceAll("\\s+", "");
      int at = source.indexOf(part, last);
      assertTrue(at >= 0 && at <= covered, "a gap before: " + passage.text());
      assertTrue(at + part.length() >= covered, "nothing new in: " + passage.text());
      covered = at + part.length();
      last = at;
    }
    assertEquals(source.length(), covered);
  }

  private String text(boolean markdown) {
    StringBuilder text = new StringBuilder();
    int blocks = 1 + random.nextInt(14);
    for (int i = 0; i < blocks; i++) {
      text.append(block(markdown)).append(random.nextInt(5) == 0 ? "\n\n\n \n" : "\n\n");
    }
    return text.toString();
  }

  private String block(boolean markdown) {
    return switch (random.nextInt(markdown ? 9 : 4)) {
      case 0 -> words(1 + random.nextInt(120), " "); // one endless sentence
      case 1 -> words(1 + random.nextInt(6), "😀") + ideographs(random.nextInt(90)) + next();
      case 2, 3 -> sentences();
      case 4 -> "#".repeat(1 + random.nextInt(4)) + " " + words(1 + random.nextInt(5), " ");
      case 5 -> "```\n" + words(1 + random.nextInt(80), "\n  ") + "\n```";
      case 6 -> "| " + next() + " |\n|---|\n| " + words(1 + random.nextInt(60), " |\n| ") + " |";
      case 7 -> "- " + words(1 + random.nextInt(60), random.nextBoolean() ? "\n- " : "\n  - ");
      default -> "> " + words(1 + random.nextInt(40), "\n> ");
    };
  }

  private String sentences() {
    StringBuilder text = new StringBuilder();
    int count = 1 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      text.append("W").append(words(1 + random.nextInt(20), i % 3 == 0 ? "\n" : " ")).append(". ");
    }
    return text.toString();
  }

  private String words(int count, String separator) {
    StringBuilder text = new StringBuilder(next());
    for (int i = 1; i < count; i++) {
      text.append(separator).append(next());
    }
    return text.toString();
  }

  /** All different, so that a passage is found where it is and not where it could be. */
  private String ideographs(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) (0x4E00 + ideograph++ % 20_000));
    }
    return text.toString();
  }

  private String next() {
    return "w" + word++;
  }
}
