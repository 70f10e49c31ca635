package org.hippocamel.ingest;

import static org.hippocamel.ingest.DocumentFormat.MARKDOWN;
import static org.hippocamel.ingest.DocumentFormat.TEXT;
import static org.hippocamel.ingest.FakeTokenizer.words;
import static org.hippocamel.ingest.TestSplits.split;
import static org.hippocamel.ingest.TestSplits.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitterTest {

  private static String paragraphs(int count, int words) {
    return IntStream.range(0, count)
        .mapToObj(i -> words(i * words, words))
        .collect(Collectors.joining("\n\n"));
  }

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
