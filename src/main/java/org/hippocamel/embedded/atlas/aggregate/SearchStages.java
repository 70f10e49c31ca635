package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.search.Hit;
import org.hippocamel.embedded.atlas.search.SearchException;

/** The stages that only begin a pipeline: $vectorSearch, $search and $listSearchIndexes. */
final class SearchStages {
  static final List<String> NAMES = List.of("$vectorSearch", "$search", "$listSearchIndexes");

  private SearchStages() {}

  static Iterator<Row> start(String name, BsonValue value, PipelineContext context) {
    if (!value.isDocument()) {
      throw ErrorCode.FAILED_TO_PARSE.because(name + " value must be an object");
    }
    BsonDocument stage = value.asDocument();
    try {
      return switch (name) {
        case "$vectorSearch" ->
            rows(
                context.indexes().vectorSearch(context.namespace(), stage).iterator(),
                "vectorSearchScore",
                context);
        case "$search" ->
            rows(context.indexes().search(context.namespace(), stage), "searchScore", context);
        default -> list(stage, context);
      };
    } catch (SearchException e) {
      throw refusal(e);
    }
  }

  static Refusal refusal(SearchException e) {
    return new Refusal(e.code(), e.codeName(), e.getMessage(), new BsonDocument());
  }

  /** The store's present documents; hits on documents that are gone are left out. */
  private static Iterator<Row> rows(Iterator<Hit> hits, String meta, PipelineContext context) {
    return Rows.from(
        () -> {
          while (hasNext(hits)) {
            Hit hit = hits.next();
            RawBsonDocument document = context.store().get(context.namespace(), hit.id());
            if (document != null) {
              return new Row(document, new Row.Score(meta, hit.score()));
            }
          }
          return null;
        });
  }

  /** $search reads on as hits are asked for, and may be refused only then. */
  private static boolean hasNext(Iterator<Hit> hits) {
    try {
      return hits.hasNext();
    } catch (SearchException e) {
      throw refusal(e);
    }
  }

  private static Iterator<Row> list(BsonDocument stage, PipelineContext context) {
    for (String option : stage.keySet()) {
      if (!option.equals("name") && !option.equals("id")) {
        throw Refusal.at(
            40415, "BSON field '$listSearchIndexes." + option + "' is an unknown field.");
      }
    }
    if (stage.size() > 1) {
      throw ErrorCode.INVALID_OPTIONS.because(
          "Cannot set both 'name' and 'id' for $listSearchIndexes.");
    }
    List<BsonDocument> indexes =
        context.indexes().list(context.namespace(), text(stage, "name"), text(stage, "id"));
    return Rows.map(indexes.iterator(), index -> new Row(index, null));
  }

  private static String text(BsonDocument stage, String name) {
    BsonString value = stage.getString(name, null);
    return value == null ? null : value.getValue();
  }
}
