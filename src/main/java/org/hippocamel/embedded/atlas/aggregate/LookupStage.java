package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.store.Documents;

/**
 * $lookup by equal fields, with or without a pipeline behind the match. The match and a $match that
 * follows it are one filter, so an index over both is used, and what the pipeline limits is not
 * read.
 *
 * @param pipeline runs over the documents whose foreign field equals the local one
 */
record LookupStage(
    PipelineContext from,
    FieldPath localField,
    String foreignField,
    List<BsonDocument> pipeline,
    FieldPath as)
    implements Stage {
  private static final int MAX_BYTES = 16 * 1024 * 1024;
  private static final List<String> KNOWN =
      List.of("from", "localField", "foreignField", "pipeline", "as");

  static LookupStage parse(BsonValue value, PipelineContext context) {
    if (!value.isDocument()) {
      throw ErrorCode.FAILED_TO_PARSE.because("the $lookup stage specification must be an object");
    }
    BsonDocument options = value.asDocument();
    for (String option : options.keySet()) {
      if (!KNOWN.contains(option)) {
        throw ErrorCode.FAILED_TO_PARSE.because("unknown argument to $lookup: " + option);
      }
    }
    require(options, "as", "must specify 'as' field for a $lookup");
    require(options, "from", "must specify 'from' field for a $lookup");
    String fields =
        "$lookup requires both 'localField' and 'foreignField'; without them it is not supported";
    require(options, "localField", fields);
    require(options, "foreignField", fields);
    PipelineContext from = context.beside(text(options, "from"));
    List<BsonDocument> pipeline = pipeline(options.get("pipeline"));
    new Pipeline(new BsonArray(pipeline), from); // what is wrong in it is wrong before any row
    return new LookupStage(
        from,
        FieldPath.of(text(options, "localField")),
        text(options, "foreignField"),
        pipeline,
        FieldPath.of(text(options, "as")));
  }

  private static void require(BsonDocument options, String name, String otherwise) {
    if (!options.containsKey(name)) {
      throw ErrorCode.FAILED_TO_PARSE.because(otherwise);
    }
  }

  private static String text(BsonDocument options, String name) {
    if (!options.get(name).isString()) {
      throw ErrorCode.FAILED_TO_PARSE.because("$lookup argument '" + name + "' must be a string");
    }
    return options.getString(name).getValue();
  }

  private static List<BsonDocument> pipeline(BsonValue stages) {
    if (stages == null) {
      return List.of();
    }
    if (!stages.isArray() || !stages.asArray().stream().allMatch(BsonValue::isDocument)) {
      throw ErrorCode.TYPE_MISMATCH.because("'pipeline' option must be an array of objects");
    }
    List<BsonDocument> parsed = stages.asArray().stream().map(BsonValue::asDocument).toList();
    if (!parsed.isEmpty()
        && !parsed.get(0).isEmpty()
        && SearchStages.NAMES.contains(parsed.get(0).getFirstKey())) {
      throw Refusal.at(
          51047, parsed.get(0).getFirstKey() + " is not allowed within a $lookup's sub-pipeline");
    }
    return parsed;
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return Rows.map(
        input,
        row -> {
          BsonArray found = found(localField.value(row.document()));
          FieldTree field = new FieldTree();
          field.put(as, scope -> found);
          return row.with(field.add(row.document(), Scope.of(row)));
        });
  }

  private BsonArray found(BsonValue local) {
    BsonArray stages = new BsonArray();
    stages.add(new BsonDocument("$match", new BsonDocument(foreignField, equal(local))));
    stages.addAll(pipeline);
    BsonArray found = new BsonArray();
    long bytes = 0;
    Iterator<BsonDocument> rows = new Pipeline(stages, from).run();
    while (rows.hasNext()) {
      BsonDocument row = rows.next();
      found.add(row);
      bytes += Documents.size(row);
      if (bytes > MAX_BYTES) {
        throw Refusal.at(
            4568,
            "Total size of documents in "
                + from.namespace()
                + " matching pipeline's $lookup stage exceeds "
                + MAX_BYTES
                + " bytes");
      }
    }
    return found;
  }

  /** A local array matches what equals one of its elements; a missing field equals null. */
  private static BsonDocument equal(BsonValue local) {
    return local != null && local.isArray()
        ? new BsonDocument("$in", local)
        : new BsonDocument("$eq", local == null ? BsonNull.VALUE : local);
  }
}
