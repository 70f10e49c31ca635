package org.hippocamel.cases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.hippocamel.embedding.Lane;
import org.hippocamel.ingest.Ingested;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.memory.Remembered;
import org.hippocamel.memory.Remembered.Status;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;

/** The values of taking in many cases, as {@code routes/case-transfer.camel.yaml} takes them. */
public final class Importing {

  /** The rows of a group's good lines. */
  public RememberRequest rows(CaseImport taken, List<CaseLine> group) {
    return new RememberRequest(
        taken.tenant(),
        Lane.INGEST,
        good(group).stream().map(line -> line.made().draft()).toList());
  }

  private static List<CaseLine> good(List<CaseLine> group) {
    return group.stream().filter(line -> line.made() != null).toList();
  }

  /**
   * The outcomes of what was stored; the rest is tallied.
   *
   * @throws Problem the first refusal that may pass: then all is to be tried again
   */
  public NewOutcomes outcomes(CaseImport taken, List<CaseLine> group, Remembered done) {
    List<LogEntry> entries = new ArrayList<>();
    Iterator<Remembered.Item> items = done.items().iterator();
    for (CaseLine line : group) {
      if (line.made() == null) {
        failure(taken, line, line.fault());
        continue;
      }
      Problem refusal = items.next().refusal();
      if (refusal == null) {
        entries.addAll(line.made().outcomes());
      } else if (refusal.passing()) {
        throw refusal;
      } else {
        failure(taken, line, refusal.getMessage());
      }
    }
    taken
        .report()
        .add(done.count(Status.CREATED), done.count(Status.UNCHANGED), done.count(Status.UPDATED));
    taken.report().addTruncated(done.truncated());
    return new NewOutcomes(taken.tenant(), entries, Leniency.ALL);
  }

  /** Whether there are any. */
  public boolean any(NewOutcomes outcomes) {
    return !outcomes.entries().isEmpty();
  }

  /** Tallies outcomes that the log did not take: it keeps what it has. */
  public void counted(CaseImport taken, List<CaseLine> group, Appended appended) {
    Map<String, String> refused = new HashMap<>();
    appended.refused().forEach(one -> refused.put(one.entry(), one.reason()));
    for (CaseLine line : good(group)) {
      for (LogEntry wanted : line.made().outcomes()) {
        String reason = refused.get(wanted.id());
        if (reason != null) {
          failure(taken, line, "outcome \"" + wanted.publicId() + "\": " + reason);
        }
      }
    }
  }

  /**
   * Tallies a group that was refused as a whole.
   *
   * @throws Problem what may pass: then all is to be tried again
   */
  public void failed(CaseImport taken, List<CaseLine> group, Throwable thrown) {
    Problem problem = Diagnosis.of(thrown);
    if (problem.passing()) {
      throw problem;
    }
    group.forEach(line -> failure(taken, line, problem.getMessage()));
  }

  private static void failure(CaseImport taken, CaseLine line, String reason) {
    taken.report().addFailure(line.number(), null, reason);
  }

  /**
   * Ends with what went wrong.
   *
   * @throws Problem always
   */
  public void fail(Throwable thrown) {
    throw Diagnosis.of(thrown);
  }

  /** Lets go of what was read. */
  public void close(CaseImport taken) throws IOException {
    taken.lines().close();
  }

  /** What became of all of them. */
  public Ingested ended(CaseImport taken) {
    return new Ingested(null, taken.report(), 0);
  }
}
