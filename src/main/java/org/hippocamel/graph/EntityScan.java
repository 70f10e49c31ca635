package org.hippocamel.graph;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One walk over one text, word by word. */
final class EntityScan {
  /** Kinds of entities, the most telling first. */
  enum Rank {
    TERM,
    CODE,
    PLACE,
    NAME,
    PHRASE,
    ACRONYM,
    CAPITAL
  }

  private final String text;
  private final Terms terms;
  private final Map<Rank, Set<String>> found = new EnumMap<>(Rank.class);
  private final CapitalRuns capitals = new CapitalRuns(this);

  /**
   * Between two lines of ``` nothing is prose: names and codes count, quotes and capitals do not.
   */
  private boolean fenced;

  EntityScan(String text, Terms terms) {
    this.text = text;
    this.terms = terms;
    scan();
    capitals.end();
  }

  /** The first so many, by rank and then by place. */
  List<String> found(int most) {
    Set<String> all = new LinkedHashSet<>();
    found.values().forEach(all::addAll);
    return all.stream().limit(most).toList();
  }

  void add(Rank rank, String term) {
    String value = Entities.normalised(term);
    if (Entities.fits(value) && (rank == Rank.TERM || !terms.never(value))) {
      found.computeIfAbsent(rank, kind -> new LinkedHashSet<>()).add(value);
    }
  }

  boolean never(String word) {
    return terms.never(Entities.normalised(word));
  }

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      int start = gap(at);
      if (start == text.length()) {
        return;
      }
      at = word(start);
    }
  }

  /** Walks to the next word; what lies between may end a name, a sentence or a quotation. */
  private int gap(int from) {
    int at = from;
    boolean broken = from == 0;
    boolean sentence = from == 0;
    while (at < text.length() && Chars.of(text.charAt(at)) == Chars.GAP) {
      char c = text.charAt(at);
      if (c == '\n' && fence(at + 1)) {
        fenced = !fenced;
      }
      if (c != ' ') {
        broken = true;
        sentence |= c == '\n' || c == '!' || c == '?' || c == '(' || QuotedTerms.opens(c);
      }
      if (QuotedTerms.opens(c) && (!fenced || c == '`')) {
        QuotedTerms.at(text, at).ifPresent(term -> add(Rank.PHRASE, term));
      }
      term(at);
      at++;
    }
    if (from == 0) {
      fenced = fence(0);
    }
    capitals.gap(broken, sentence);
    return at;
  }

  private boolean fence(int at) {
    return text.startsWith("```", at);
  }

  /**
   * A term of the dictionary that begins here; where a word does, or with a letter without case.
   */
  private void term(int at) {
    if (!terms.isEmpty() && !Character.isWhitespace(text.charAt(at))) {
      String term = terms.at(text, at);
      if (term != null) {
        add(Rank.TERM, term);
      }
    }
  }

  /** Takes the word that begins here and returns where it ends. */
  private int word(int from) {
    int end = end(from);
    int start = from;
    while (start < end && trims(start, end)) {
      start++;
    }
    int last = end;
    while (last > start && Chars.of(text.charAt(last - 1)) == Chars.JOINT) {
      last--;
    }
    if (start < last) {
      term(start);
      take(start, last);
    }
    closing(last, end);
    return end;
  }

  private int end(int from) {
    int at = from;
    while (at < text.length() && Chars.of(text.charAt(at)) != Chars.GAP) {
      boolean address = text.charAt(at) == ':' && text.startsWith("://", at);
      if (address) {
        return addressEnd(at);
      }
      boolean colon = text.charAt(at) == ':' && !(at == from + 1 && text.startsWith(":\\", at));
      if (colon) {
        return at + 1;
      }
      at++;
    }
    return at;
  }

  private int addressEnd(int from) {
    int at = from;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && "<>\"`|{}\\^".indexOf(text.charAt(at)) < 0
        && text.charAt(at) < 0x2000) {
      at++;
    }
    while (at > from && ",;!?)]*'".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  /** Punctuation before a word; a path keeps its beginning, a ticket its number sign. */
  private boolean trims(int at, int end) {
    char c = text.charAt(at);
    if (Chars.of(c) != Chars.JOINT || c == '/' || c == '\\') {
      return Chars.of(c) == Chars.MARK;
    }
    char next = at + 1 < end ? text.charAt(at + 1) : ' ';
    boolean path = (c == '~' || c == '.') && (next == '/' || next == '.');
    boolean ticket = c == '#' && Chars.of(next) == Chars.DIGIT;
    return !path && !ticket;
  }

  /**
   * What was cut off a word's end: a full stop or a colon ends a sentence, anything ends a name.
   */
  private void closing(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      capitals.gap(true, c == '.' || c == ':' || c == '-');
    }
  }

  private void take(int from, int to) {
    Shape shape = Shape.of(text, from, to);
    switch (shape) {
      case URL -> add(Rank.PLACE, address(text.substring(from, to)));
      case PLACE -> add(Rank.PLACE, text.substring(from, to));
      case CODE -> add(Rank.CODE, text.substring(from, to));
      case IDENTIFIER, CAMEL -> add(Rank.NAME, text.substring(from, to));
      default -> {}
    }
    if (!fenced) {
      capitals.word(text, from, to, shape);
    }
  }

  /** Without what only says where on the page: fragment and a slash at the end. */
  private static String address(String url) {
    int fragment = url.indexOf('#');
    String page = fragment < 0 ? url : url.substring(0, fragment);
    return page.endsWith("/") ? page.substring(0, page.length() - 1) : page;
  }
}
