package org.hippocamel.embedded.atlas.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.TypeName;

/** {@code {$set: {...}, $inc: {...}}}: one change after the other, no two on the same path. */
record OperatorUpdate(List<Change> changes) implements Update {
  /** One operator on one field. */
  record Change(UpdateOperator operator, FieldPath path, BsonValue operand) {}

  static OperatorUpdate parse(BsonDocument update) {
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, BsonValue> entry : update.entrySet()) {
      UpdateOperator operator = UpdateOperator.named(entry.getKey());
      for (Map.Entry<String, BsonValue> field : fields(entry).entrySet()) {
        FieldPath path = path(field.getKey());
        requireNoConflict(changes, path);
        changes.add(new Change(operator, path, operator.checked(path, field.getValue())));
      }
    }
    return new OperatorUpdate(changes);
  }

  private static BsonDocument fields(Map.Entry<String, BsonValue> entry) {
    if (!entry.getValue().isDocument()) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "Modifiers operate on fields but we found type %s instead. For example: {$mod: {<field>:"
                  .formatted(TypeName.of(entry.getValue()))
              + " ...}} not {%s: ...}".formatted(entry.getKey()));
    }
    return entry.getValue().asDocument();
  }

  private static FieldPath path(String dotted) {
    FieldPath path = FieldPath.of(dotted);
    for (String part : path.parts()) {
      if (part.startsWith("$")) {
        throw ErrorCode.BAD_VALUE.because(
            "the positional operator '" + part + "' in '" + dotted + "' is not supported");
      }
    }
    return path;
  }

  private static void requireNoConflict(List<Change> changes, FieldPath path) {
    for (Change change : changes) {
      String other = change.path().dotted();
      String mine = path.dotted();
      if (other.equals(mine) || other.startsWith(mine + ".") || mine.startsWith(other + ".")) {
        throw ErrorCode.CONFLICTING_UPDATE_OPERATORS.because(
            "Updating the path '%s' would create a conflict at '%s'"
                .formatted(mine, mine.length() < other.length() ? mine : other));
      }
    }
  }

  @Override
  public BsonDocument apply(RawBsonDocument document) {
    return changed(document.decode(new BsonDocumentCodec()), false);
  }

  @Override
  public BsonDocument insert(BsonDocument fromFilter) {
    return changed(fromFilter, true);
  }

  private BsonDocument changed(BsonDocument document, boolean inserting) {
    BsonValue id = document.get("_id");
    for (Change change : changes) {
      if (inserting || change.operator() != UpdateOperator.SET_ON_INSERT) {
        change.operator().apply(new FieldSlot(document, change.path()), change.operand());
      }
    }
    Update.requireSameId(id, document);
    return document;
  }
}
