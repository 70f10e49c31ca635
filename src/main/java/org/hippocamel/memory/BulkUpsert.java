package org.hippocamel.memory;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.BulkWriteUpsert;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.hippocamel.batching.Batch;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;

/** One unordered bulk write of many callers' rows, and what it says to each of them. */
public final class BulkUpsert {

  /** The changes of all callers, caller after caller. */
  public List<WriteModel<Document>> models(Batch<Upserts, List<Outcome>> batch) {
    return batch.questions().stream()
        .flatMap(upserts -> upserts.rows().stream())
        .<WriteModel<Document>>map(Upsert::model)
        .toList();
  }

  /** Answers every caller: the bulk is stored. */
  public void keep(Batch<Upserts, List<Outcome>> batch, BulkWriteResult result) {
    Set<Integer> created =
        result.getUpserts().stream().map(BulkWriteUpsert::getIndex).collect(Collectors.toSet());
    answer(batch, created, Map.of());
  }

  /**
   * Answers every caller after the bulk failed: row by row when the store refused some of them and
   * confirmed the rest, else with the one reason for all.
   */
  public void refuse(Batch<Upserts, List<Outcome>> batch, Throwable thrown) {
    Diagnosis.partialBulk(thrown)
        .ifPresentOrElse(
            partial -> answer(batch, partial.created(), partial.refused()),
            () -> batch.refuse(thrown));
  }

  private static void answer(
      Batch<Upserts, List<Outcome>> batch, Set<Integer> created, Map<Integer, Problem> refused) {
    List<List<Outcome>> answers = new ArrayList<>();
    int from = 0;
    for (Upserts upserts : batch.questions()) {
      List<Outcome> own = new ArrayList<>();
      for (int at = from; at < from + upserts.size(); at++) {
        own.add(new Outcome(created.contains(at), refused.get(at)));
      }
      answers.add(own);
      from += upserts.size();
    }
    batch.answer(answers);
  }
}
