package org.hippocamel.ingest;

import static org.hippocamel.ingest.DocumentFormat.MARKDOWN;
import static org.hippocamel.ingest.FakeTokenizer.words;
import static org.hippocamel.ingest.TestSplits.headings;
import static org.hippocamel.ingest.TestSplits.split;
import static org.hippocamel.ingest.TestSplits.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkdownSplitterTest {
  private static final String GUIDE =
      """
      # Guide

      Before all.

      ## Setup

      Do *this* first.

      ### Ports

      The port is `8080`.

      ## Use

      Call it.

      Setext two
      ----------

      End.
      """;

  @Test
  void passages_followsHeadings() {
    assertEquals(
        List.of(
            new Passage("Guide", "Before all."),
            new Passage("Guide > Setup", "Do *this* first.\n\n### Ports\n\nThe port is `8080`."),
            new Passage("Guide > Use", "Call it."),
            new Passage("Guide > Setext two", "End.")),
        split(300, 30, MARKDOWN, GUIDE));
  }

  @Test
  void passages_separatesSubsectionsThatDoNotFitTogether() {
    String text =
        "# T\n\n## A\n\n" + words(0, 30) + "\n\n### B\n\n" + words(30, 30) + "\n\n## C\n\nx";
    List<Passage> passages = split(50, 10, MARKDOWN, text);
    assertEquals(List.of("T > A", "T > A > B", "T > C"), headings(passages));
    assertEquals(List.of(words(0, 30), words(30, 30), "x"), texts(passages));
  }

  @Test
  void passages_keepsAHeadingWithNothingUnderIt() {
    List<Passage> passages = split(300, 30, MARKDOWN, "# T\n\n## The port is 8081\n\n## B\n\nb");
    assertEquals(new Passage("T", "## The port is 8081"), passages.get(0));
    assertEquals(new Passage("T > B", "b"), passages.get(1));
  }

  @Test
  void passages_ignoresHashesInCodeFences() {
    String code = "```sh\n# not a heading\n\nrun --all\n```";
    List<Passage> passages = split(300, 30, MARKDOWN, "# T\n\n" + code + "\n\ndone");
    assertEquals(List.of(new Passage("T", code + "\n\ndone")), passages);
  }

  @Test
  void passages_keepsCodeAndTablesWholeWhenTheyFit() {
    String code = "```\n" + "    indented(1);\n".repeat(4) + "```";
    String table = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n".repeat(4).strip();
    List<String> texts =
        texts(split(60, 0, MARKDOWN, words(0, 40) + "\n\n" + code + "\n\n" + table));
    assertEquals(List.of(words(0, 40), code, table), texts);
  }

  @Test
  void passages_splitsLongCodeAndTablesBetweenLines() {
    String rows =
        IntStream.range(0, 60).mapToObj(i -> "| r" + i + " | v |\n").collect(Collectors.joining());
    List<String> texts = texts(split(60, 10, MARKDOWN, "Intro.\n\n| a | b |\n|---|---|\n" + rows));
    assertEquals("Intro.", texts.get(0));
    assertTrue(
        texts.stream().skip(1).allMatch(t -> t.startsWith("| ") && t.endsWith(" |")),
        texts.toString());
  }

  @Test
  void passages_keepsIndentationOfCode() {
    assertEquals(
        List.of("    first\n        second"),
        texts(split(300, 30, MARKDOWN, "\n\n    first\n        second\n")));
  }

  @Test
  void passages_keepsListItemsWhole() {
    String item = "- " + words(0, 12) + "\n  - " + words(20, 5);
    String text = item + "\n" + item + "\n" + item;
    assertEquals(List.of(item + "\n" + item, item), texts(split(42, 0, MARKDOWN, text)));
  }

  @Test
  void passages_readsFrontMatterAsNoHeading() {
    List<Passage> passages =
        split(300, 30, MARKDOWN, "---\ntitle: X\ntags: [a]\n---\n\n# T\n\nbody");
    assertEquals(List.of("---\ntitle: X\ntags: [a]\n---", "body"), texts(passages));
    assertNull(passages.get(0).heading());
    assertEquals("T", passages.get(1).heading());
  }

  @Test
  void passages_readsHeadingsAsPeopleDo() {
    assertEquals(
        List.of("The run command & more"),
        headings(
            split(
                300,
                30,
                MARKDOWN,
                "# The [`run`](http://x.y/z) **command** &amp; more #\n\nbody")));
  }

  @Test
  void passages_shortensAGiantHeadingPath() {
    StringBuilder text = new StringBuilder();
    for (int level = 1; level <= 6; level++) {
      text.append("#".repeat(level)).append(' ').append(words(level * 100, 15)).append("\n\n");
    }
    List<Passage> passages = split(100, 10, MARKDOWN, text + words(1000, 300));
    assertEquals("... > " + words(600, 15), passages.get(passages.size() - 1).heading());
    assertEquals("# " + words(100, 15), passages.get(0).text());
    assertTrue(
        passages.stream()
            .allMatch(p -> FakeTokenizer.count(p.heading() + "\n" + p.text()).count() <= 100));
  }

  @Test
  void passages_separatesSectionsUnderAMereTitle() {
    List<Passage> passages =
        split(300, 30, MARKDOWN, "# T\n\n## Errors\n\n### E1\n\none\n\n### E2\n\ntwo");
    assertEquals(List.of("T > Errors > E1", "T > Errors > E2"), headings(passages));
    assertEquals(List.of("one", "two"), texts(passages));
  }

  @Test
  void passages_keepsAHeadingThatIsASentenceByMistakeInTheBody() {
    String heading = words(0, 100);
    Passage passage = split(300, 30, MARKDOWN, "# " + heading + "\n\nbody").get(0);
    assertTrue(passage.text().startsWith("# " + heading));
    assertTrue(passage.heading().length() <= 200 && passage.heading().endsWith("..."));
  }

  @Test
  void passages_ofUnchangedSectionsStayTheSame() {
    String before = "# T\n\n## A\n\n" + words(0, 200) + "\n\n## B\n\n" + words(200, 500) + "\n";
    String after = before.replace("w7 ", "w7 entirely new words. ");
    List<Passage> old = split(100, 20, MARKDOWN, before);
    List<Passage> now = split(100, 20, MARKDOWN, after);
    assertEquals(
        old.stream().filter(p -> p.heading().endsWith("B")).toList(),
        now.stream().filter(p -> p.heading().endsWith("B")).toList());
    assertFalse(old.equals(now));
  }
}
