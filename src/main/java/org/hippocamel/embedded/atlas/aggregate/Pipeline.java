package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.SortOrder;
import org.hippocamel.embedded.atlas.store.DocumentCollection;

/** An aggregation pipeline: a source, then stages. */
public final class Pipeline {
  private final PipelineContext context;
  private final List<BsonDocument> specifications = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private final boolean searches;

  public Pipeline(BsonArray pipeline, PipelineContext context) {
    this.context = context;
    for (BsonValue stage : pipeline) {
      if (!stage.isDocument() || stage.asDocument().size() != 1) {
        throw Refusal.at(
            40323, "A pipeline stage specification object must contain exactly one field.");
      }
      specifications.add(stage.asDocument());
    }
    searches =
        !specifications.isEmpty()
            && SearchStages.NAMES.contains(specifications.get(0).getFirstKey());
    for (BsonDocument stage : specifications.subList(searches ? 1 : 0, specifications.size())) {
      stages.add(stage(stage.getFirstKey(), stage.get(stage.getFirstKey())));
    }
    boundSorts();
  }

  private Stage stage(String name, BsonValue value) {
    return switch (name) {
      case "$match" -> MatchStage.parse(value);
      case "$project" -> ProjectStage.parse(value);
      case "$addFields", "$set" -> AddFieldsStage.parse(name, value);
      case "$unset" -> UnsetStage.parse(value);
      case "$sort" -> SortStage.parse(value);
      case "$skip" -> WindowStage.skip(value);
      case "$limit" -> WindowStage.limit(value);
      case "$count" -> CountStage.parse(value);
      case "$group" -> GroupStage.parse(value);
      case "$unwind" -> UnwindStage.parse(value);
      case "$graphLookup" -> GraphLookupStage.parse(value, context);
      case "$lookup" -> LookupStage.parse(value, context);
      case "$vectorSearch", "$search", "$listSearchIndexes" ->
          throw Refusal.at(40602, name + " is only valid as the first stage in a pipeline");
      default -> throw Refusal.at(40324, "Unrecognized pipeline stage name: '" + name + "'");
    };
  }

  /** A sort that is followed by a limit, maybe after a skip, keeps no more than that. */
  private void boundSorts() {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i) instanceof SortStage sort) {
        long skipped = 0;
        int next = i + 1;
        if (next < stages.size()
            && stages.get(next) instanceof WindowStage window
            && !window.limits()) {
          skipped = window.count();
          next++;
        }
        if (next < stages.size()
            && stages.get(next) instanceof WindowStage window
            && window.limits()) {
          stages.set(i, new SortStage(sort.order(), skipped + window.count()));
        }
      }
    }
  }

  public Iterator<BsonDocument> run() {
    List<Stage> rest = new ArrayList<>(stages);
    Iterator<Row> rows = searches ? search() : scan(rest);
    for (Stage stage : rest) {
      rows = stage.apply(rows);
    }
    return Rows.map(rows, Row::document);
  }

  private Iterator<Row> search() {
    BsonDocument first = specifications.get(0);
    return SearchStages.start(first.getFirstKey(), first.get(first.getFirstKey()), context);
  }

  /** The $match stages in front, and a $sort behind them, are left to the collection's indexes. */
  private Iterator<Row> scan(List<Stage> rest) {
    DocumentCollection collection = context.collection();
    if (collection == null) {
      return Collections.emptyIterator();
    }
    List<Filter> matches = new ArrayList<>();
    while (!rest.isEmpty() && rest.get(0) instanceof MatchStage match) {
      matches.add(match.filter());
      rest.remove(0);
    }
    Filter filter = new Filter.And(matches);
    SortOrder order = SortOrder.NONE;
    if (!rest.isEmpty()
        && rest.get(0) instanceof SortStage sort
        && collection.sorts(filter, sort.order())) {
      order = sort.order();
      rest.remove(0);
    }
    return Rows.map(collection.find(filter, order), stored -> new Row(stored.document(), null));
  }
}
