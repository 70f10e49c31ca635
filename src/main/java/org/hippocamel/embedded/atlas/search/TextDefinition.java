package org.hippocamel.embedded.atlas.search;

import java.util.Set;

/**
 * Definition of a {@code search} index.
 *
 * @param analyzer of string fields that name none
 * @param searchAnalyzer of query text for the same fields
 */
record TextDefinition(TextMapping mappings, String analyzer, String searchAnalyzer)
    implements IndexDefinition {

  static TextDefinition parse(StrictDocument definition) {
    if (!definition.has("mappings")) {
      throw definition.refuse(
          "Attribute mappings missing: a search index needs \"mappings\"; an index of vectors needs"
              + " type \"vectorSearch\"");
    }
    definition.only(Set.of("mappings", "analyzer", "searchAnalyzer"));
    String analyzer = Analyzers.named(definition, "analyzer", Analyzers.STANDARD);
    String searchAnalyzer = Analyzers.named(definition, "searchAnalyzer", analyzer);
    return new TextDefinition(
        TextMapping.parse(definition.child("mappings"), Set.of("dynamic", "fields")),
        analyzer,
        searchAnalyzer);
  }
}
