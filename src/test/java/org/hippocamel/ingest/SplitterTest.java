package org.hippocamel.ingest;

import static org.hippocamel.ingest.DocumentFormat.MARKDOWN;
import static org.hippocamel.ingest.DocumentFormat.TEXT;
import static org.hippocamel.ingest.FakeTokenizer.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitterTest {

  private static List<Passage> split(int max, int overlap, DocumentFormat format, String text) {
    return split(new Splitter(max, overlap, 510), SourceRecord.document(null, text, format));
  }

  private static List<Passage> split(Splitter splitter, SourceRecord record) {
    return splitter.passages(record, FakeTokenizer.count(splitter.units(record)));
  }

  private static List<String> texts(List<Passage> passages) {
    return passages.stream().map(Passage::text).toList();
  }

  private static List<String> headings(List<Passage> passages) {
    return passages.stream().map(Passage::heading).toList();
  }

  private static String paragraphs(int count, int words) {
    return IntStream.range(0, count)
        .mapToObj(i -> words(i * words, words))
        .collect(Collectors.joining("\n\n"));
  }

  // ---- what is counted

  @Test
  void units_isEmptyForAShortAsciiText() {
    Splitter splitter = new Splitter(300, 30, 510);
    SourceRecord record = SourceRecord.document("title", "x".repeat(290), TEXT);
    assertEquals(List.of(), splitter.units(record));
    assertEquals(List.of(new Passage("title", "x".repeat(290))), split(splitter, record));
  }

  @Test
  void units_countsOtherScriptsWhateverTheirLength() {
    Splitter splitter = new Splitter(300, 30, 510);
    assertEquals(List.of("é"), splitter.units(SourceRecord.document(null, "é", TEXT)));
  }

  @Test
  void units_coversALongTextInBoundedStretches() {
    Splitter splitter = new Splitter(300, 30, 510);
    String text = paragraphs(200, 100);
    List<String> units = splitter.units(SourceRecord.document(null, text, TEXT));
    assertEquals(text, String.join("", units));
    assertTrue(units.stream().allMatch(unit -> unit.length() <= 8_000));
    assertTrue(units.size() < text.length() / 6_000, "few texts to count: " + units.size());
  }

  @Test
  void units_holdsNoBlankText() {
    Splitter splitter = new Splitter(300, 30, 510);
    String text = "a" + " ".repeat(30_000) + "b";
    assertTrue(
        splitter.units(SourceRecord.document(null, text, TEXT)).stream()
            .noneMatch(String::isBlank));
    assertEquals("a", split(splitter, SourceRecord.document(null, text, TEXT)).get(0).text());
  }

  // ---- plain text

  @Test
  void passages_keepsARecordThatFitsWhole() {
    String text = "First paragraph é.\n\nSecond one. " + words(0, 80);
    assertEquals(List.of(text), texts(split(100, 10, TEXT, text)));
  }

  @Test
  void passages_putsTheTitleOfARecordAboveIt() {
    assertEquals(
        List.of(new Passage("A title", "Some text.")),
        split(new Splitter(100, 10, 510), SourceRecord.document("A title", "Some text.", TEXT)));
  }

  @Test
  void passages_fillsUpWithWholeParagraphs() {
    List<String> texts = texts(split(100, 0, TEXT, paragraphs(5, 40)));
    assertEquals(
        List.of(
            words(0, 40) + "\n\n" + words(40, 40),
            words(80, 40) + "\n\n" + words(120, 40),
            words(160, 40)),
        texts);
  }

  @Test
  void passages_splitsALongParagraphIntoSentences() {
    String text =
        IntStream.range(0, 10)
            .mapToObj(i -> "S" + words(i * 20, 19) + ".")
            .collect(Collectors.joining(" "));
    List<String> texts = texts(split(50, 0, TEXT, text));
    assertEquals(5, texts.size());
    assertTrue(
        texts.stream().allMatch(t -> t.startsWith("S") && t.endsWith(".")), texts.toString());
  }

  @Test
  void passages_repeatsWholeSentencesAsOverlap() {
    String text =
        IntStream.range(0, 12)
            .mapToObj(i -> "S" + words(i * 9, 8) + ".")
            .collect(Collectors.joining(" "));
    List<String> texts = texts(split(40, 12, TEXT, text));
    for (int i = 1; i < texts.size(); i++) {
      String last = texts.get(i - 1).substring(texts.get(i - 1).lastIndexOf('S'));
      assertTrue(texts.get(i).startsWith(last + " S"), texts.get(i));
    }
    assertTrue(texts.size() > 3);
  }

  @Test
  void passages_hasNoOverlapWhenTheLastSentenceIsTooLong() {
    List<String> texts = texts(split(50, 10, TEXT, paragraphs(3, 40)));
    assertEquals(List.of(words(0, 40), words(40, 40), words(80, 40)), texts);
  }

  @Test
  void passages_cutsALongSentenceAtBlanks() {
    List<String> texts = texts(split(30, 0, TEXT, words(0, 100)));
    assertEquals(words(0, 100), String.join(" ", texts));
    assertTrue(texts.stream().allMatch(t -> FakeTokenizer.count(t).count() <= 30));
  }

  @Test
  void passages_neverCutsASurrogatePair() {
    String text = "😀".repeat(200);
    List<String> texts = texts(split(31, 0, TEXT, text));
    assertEquals(text, String.join("", texts));
    for (String piece : texts) {
      assertFalse(Character.isLowSurrogate(piece.charAt(0)));
      assertTrue(FakeTokenizer.count(piece).count() <= 31);
    }
  }

  @Test
  void passages_boundsWordsTheModelDoesNotKnow() {
    Splitter splitter = new Splitter(30, 0, 510);
    SourceRecord record = SourceRecord.document(null, "x".repeat(20_000), TEXT);
    List<org.hippocamel.embedding.Tokens> one =
        splitter.units(record).stream()
            .map(unit -> org.hippocamel.embedding.Tokens.ending(unit.length()))
            .toList();
    List<String> texts = texts(splitter.passages(record, one));
    assertEquals("x".repeat(20_000), String.join("", texts));
    assertTrue(texts.stream().allMatch(t -> t.length() <= 600));
  }

  // ---- Markdown

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

  // ---- limits

  @Test
  void passages_staysBelowTheModelsLimit() {
    Splitter small = new Splitter(300, 30, 126);
    String text = "# Heading of the document\n\n" + paragraphs(10, 50) + "\n\n" + words(900, 400);
    for (Passage p : split(small, SourceRecord.document(null, text, MARKDOWN))) {
      assertTrue(FakeTokenizer.count(p.heading() + "\n" + p.text()).count() <= 126);
    }
  }

  @Test
  void splitter_refusesSettingsThatCannotWork() {
    assertThrows(IllegalArgumentException.class, () -> new Splitter(10, 0, 510));
    assertThrows(IllegalArgumentException.class, () -> new Splitter(300, 30, 20));
    assertThrows(IllegalArgumentException.class, () -> new Splitter(300, 151, 510));
    assertThrows(IllegalArgumentException.class, () -> new Splitter(300, -1, 510));
  }

  @Test
  void passages_refusesTokensOfOtherUnits() {
    Splitter splitter = new Splitter(300, 30, 510);
    SourceRecord record = SourceRecord.document(null, words(0, 400), TEXT);
    assertThrows(IllegalArgumentException.class, () -> splitter.passages(record, List.of()));
  }
}
