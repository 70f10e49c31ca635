package org.hippocamel.embedded.atlas.command;

import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.aggregate.Pipeline;
import org.hippocamel.embedded.atlas.aggregate.PipelineContext;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.search.SearchIndexes;
import org.hippocamel.embedded.atlas.store.DocumentStore;

/** aggregate */
final class AggregateCommand implements Command {
  private final DocumentStore store;
  private final SearchIndexes indexes;
  private final Cursors cursors;

  AggregateCommand(DocumentStore store, SearchIndexes indexes, Cursors cursors) {
    this.store = store;
    this.indexes = indexes;
    this.cursors = cursors;
  }

  @Override
  public BsonDocument run(Request request) {
    request.allow("pipeline", "cursor", "allowDiskUse");
    String namespace = request.namespace();
    if (!request.has("cursor")) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "The 'cursor' option is required, except for aggregate with the explain argument");
    }
    Pipeline pipeline =
        new Pipeline(request.array("pipeline"), new PipelineContext(store, indexes, namespace));
    return cursors.first(namespace, pipeline.run(), batchSize(request), false);
  }

  static long batchSize(Request request) {
    BsonDocument cursor = request.document("cursor");
    Request.allow(request.name() + ".cursor", cursor, "batchSize");
    BsonValue size = cursor.get("batchSize");
    if (size == null) {
      return Cursors.FIRST_BATCH;
    }
    if (!size.isNumber() || size.asNumber().longValue() < 0) {
      throw ErrorCode.BAD_VALUE.because("cursor.batchSize must be a non-negative number");
    }
    BsonNumber number = size.asNumber();
    return number.longValue();
  }
}
