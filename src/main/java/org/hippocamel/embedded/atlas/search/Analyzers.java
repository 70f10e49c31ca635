package org.hippocamel.embedded.atlas.search;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** Atlas's names of Lucene's analyzers; each is made once, when first asked for. */
final class Analyzers {
  static final String STANDARD = "lucene.standard";

  private static final Map<String, Supplier<Analyzer>> BY_NAME = new TreeMap<>();
  private static final Map<String, Analyzer> MADE = new ConcurrentHashMap<>();

  static {
    BY_NAME.put(STANDARD, StandardAnalyzer::new);
    BY_NAME.put("lucene.simple", SimpleAnalyzer::new);
    BY_NAME.put("lucene.whitespace", WhitespaceAnalyzer::new);
    BY_NAME.put("lucene.keyword", KeywordAnalyzer::new);
    BY_NAME.put("lucene.arabic", ArabicAnalyzer::new);
    BY_NAME.put("lucene.armenian", ArmenianAnalyzer::new);
    BY_NAME.put("lucene.basque", BasqueAnalyzer::new);
    BY_NAME.put("lucene.bengali", BengaliAnalyzer::new);
    BY_NAME.put("lucene.brazilian", BrazilianAnalyzer::new);
    BY_NAME.put("lucene.bulgarian", BulgarianAnalyzer::new);
    BY_NAME.put("lucene.catalan", CatalanAnalyzer::new);
    BY_NAME.put("lucene.cjk", CJKAnalyzer::new);
    BY_NAME.put("lucene.czech", CzechAnalyzer::new);
    BY_NAME.put("lucene.danish", DanishAnalyzer::new);
    BY_NAME.put("lucene.dutch", DutchAnalyzer::new);
    BY_NAME.put("lucene.english", EnglishAnalyzer::new);
    BY_NAME.put("lucene.finnish", FinnishAnalyzer::new);
    BY_NAME.put("lucene.french", FrenchAnalyzer::new);
    BY_NAME.put("lucene.galician", GalicianAnalyzer::new);
    BY_NAME.put("lucene.german", GermanAnalyzer::new);
    BY_NAME.put("lucene.greek", GreekAnalyzer::new);
    BY_NAME.put("lucene.hindi", HindiAnalyzer::new);
    BY_NAME.put("lucene.hungarian", HungarianAnalyzer::new);
    BY_NAME.put("lucene.indonesian", IndonesianAnalyzer::new);
    BY_NAME.put("lucene.irish", IrishAnalyzer::new);
    BY_NAME.put("lucene.italian", ItalianAnalyzer::new);
    BY_NAME.put("lucene.latvian", LatvianAnalyzer::new);
    BY_NAME.put("lucene.lithuanian", LithuanianAnalyzer::new);
    BY_NAME.put("lucene.norwegian", NorwegianAnalyzer::new);
    BY_NAME.put("lucene.persian", PersianAnalyzer::new);
    BY_NAME.put("lucene.portuguese", PortugueseAnalyzer::new);
    BY_NAME.put("lucene.romanian", RomanianAnalyzer::new);
    BY_NAME.put("lucene.russian", RussianAnalyzer::new);
    BY_NAME.put("lucene.sorani", SoraniAnalyzer::new);
    BY_NAME.put("lucene.spanish", SpanishAnalyzer::new);
    BY_NAME.put("lucene.swedish", SwedishAnalyzer::new);
    BY_NAME.put("lucene.thai", ThaiAnalyzer::new);
    BY_NAME.put("lucene.turkish", TurkishAnalyzer::new);
  }

  private Analyzers() {}

  /** Reads the name of an analyzer out of a definition, refusing one there is not. */
  static String named(StrictDocument definition, String key, String fallback) {
    if (!definition.has(key)) {
      return fallback;
    }
    String name = definition.string(key);
    if (!BY_NAME.containsKey(name)) {
      throw definition.refuse(
          definition.path(key)
              + " '"
              + name
              + "' is not an analyzer of the embedded Atlas; known: "
              + String.join(", ", BY_NAME.keySet()));
    }
    return name;
  }

  static Analyzer get(String name) {
    return MADE.computeIfAbsent(name, made -> BY_NAME.get(made).get());
  }
}
