package org.hippocamel.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hippocamel.config.Limits;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.EmbedLimits;
import org.hippocamel.embedding.Lane;
import org.hippocamel.embedding.Tokens;
import org.hippocamel.job.JobRun;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.memory.Remembered;
import org.hippocamel.memory.Remembered.Status;
import org.hippocamel.memory.Source;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The values of ingestion, step by step as {@code routes/ingest.camel.yaml} takes them. */
public final class Ingesting {
  /** Passages stored together; some seconds of work for the embedded model. */
  private static final int SLICE = 128;

  private final SourceTurns turns = new SourceTurns(Duration.ofSeconds(10));
  private final Settings.Ingest settings;
  private final Limits limits;
  private final Supplier<EmbedLimits> current;
  private final MetadataSchema schema;
  private final Clock clock;

  public Ingesting(
      Settings.Ingest settings,
      Limits limits,
      Supplier<EmbedLimits> current,
      MetadataSchema schema,
      Clock clock) {
    this.settings = settings;
    this.limits = limits;
    this.current = current;
    this.schema = schema;
    this.clock = clock;
  }

  /** A file of the inbox; the same name again is the same source. */
  public Incoming dropped(String path, String name, JobRun run) {
    return new Incoming(
        settings.tenant(),
        Lane.INGEST,
        name,
        null,
        DocumentFormat.ofName(name),
        () -> Files.newInputStream(Path.of(path)),
        Map.of(),
        null,
        run);
  }

  /**
   * Opens a source, when it is its turn: its fingerprint is taken and its first bytes are read.
   * Whoever opens it closes it.
   */
  public Reading open(Incoming incoming) throws IOException {
    SourceTurns.Turn turn =
        turns.take(SourceId.of(incoming.tenant(), incoming.uri()), incoming.uri());
    try {
      return open(incoming, turn);
    } catch (IOException | RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  private Reading open(Incoming incoming, SourceTurns.Turn turn) throws IOException {
    Fingerprint version = Fingerprint.of(incoming.content());
    if (incoming.format().isLines()) {
      incoming.run().progress().expect(version.lines());
    }
    Origin named =
        Origin.of(
            incoming.tenant(),
            incoming.uri(),
            version.name(),
            incoming.agentId(),
            incoming.metadata());
    RecordReader records =
        RecordReader.open(
            incoming.content().open(), incoming.format(), limits, settings.groupRecords());
    return new Reading(
        incoming,
        incoming.title() == null ? named : named.titled(incoming.title()),
        records,
        new Passages(splitter()),
        new IngestReport(),
        new AtomicLong(),
        turn);
  }

  /**
   * Ends the source with what went wrong.
   *
   * @throws Problem always
   */
  public void fail(Throwable thrown) {
    throw Diagnosis.of(thrown);
  }

  /** Lets go of the source's bytes and ends its turn. */
  public void close(Reading reading) throws IOException {
    try {
      reading.records().close();
    } finally {
      reading.turn().close();
    }
  }

  /** By the limits of the model served now; one that reads little gets a smaller overlap. */
  private Splitter splitter() {
    int seen = current.get().textTokens();
    int largest = Splitter.largestOverlap(settings.passageTokens(), seen);
    return new Splitter(
        settings.passageTokens(), Math.min(settings.overlapTokens(), largest), seen);
  }

  /**
   * The records that can be stored; the others are noted in the report.
   *
   * @throws Problem when the file's job is not to go on
   */
  public RecordGroup checked(Reading reading, RecordGroup group) {
    reading.incoming().run().check();
    List<SourceRecord> good = new ArrayList<>();
    List<Rejected> bad = new ArrayList<>(group.rejected());
    for (SourceRecord record : group.records()) {
      List<FieldError> errors = new ArrayList<>();
      Map<String, Object> metadata = schema.check(typed(record), "/metadata", errors);
      if (errors.isEmpty()) {
        good.add(record.withMetadata(metadata));
      } else {
        bad.add(new Rejected(record.record(), record.line(), errors.get(0).detail()));
      }
    }
    reading.report().addRejected(bad);
    bad.forEach(one -> reading.progress().failed(1, one.sentence()));
    return new RecordGroup(good, bad);
  }

  /** Cells of a CSV file are text: declared numbers and truth values are read as such. */
  private Map<String, Object> typed(SourceRecord record) {
    if (record.format() != DocumentFormat.CSV) {
      return record.metadata();
    }
    Map<String, Object> typed = new LinkedHashMap<>();
    record
        .metadata()
        .forEach(
            (name, value) ->
                typed.put(
                    name,
                    schema
                        .field(name)
                        .map(field -> CsvCell.read(value, field.type()))
                        .orElse(value)));
    return typed;
  }

  /** Texts of a group whose tokens must be counted; often none. */
  public List<String> units(Reading reading, RecordGroup group) {
    return reading.passages().units(group);
  }

  /** The passages of a group. */
  public RememberRequest passages(
      Reading reading, RecordGroup group, List<String> units, List<Tokens> tokens) {
    List<Draft> drafts = reading.passages().drafts(reading.origin(), group, units, tokens);
    if (reading.incoming().format().isDocument()) {
      reading.progress().expect(drafts.size());
    }
    return new RememberRequest(reading.incoming().tenant(), reading.incoming().lane(), drafts);
  }

  /**
   * A long document's passages in slices that are stored one after the other: what is stored stays
   * stored when a later slice has to be tried again.
   */
  public List<RememberRequest> slices(RememberRequest passages) {
    List<RememberRequest> slices = new ArrayList<>();
    List<Draft> drafts = passages.drafts();
    for (int from = 0; from < drafts.size(); from += SLICE) {
      int to = Math.min(drafts.size(), from + SLICE);
      slices.add(new RememberRequest(passages.tenant(), passages.lane(), drafts.subList(from, to)));
    }
    return slices;
  }

  /**
   * Tallies what was stored and what was refused.
   *
   * @throws Problem the first refusal that may pass: then the whole source is to be tried again; or
   *     when the file's job is not to go on
   */
  public void stored(Reading reading, RecordGroup group, RememberRequest request, Remembered done) {
    for (int i = 0; i < done.items().size(); i++) {
      Problem refusal = done.items().get(i).refusal();
      if (refusal != null && refusal.passing()) {
        throw refusal;
      }
      if (refusal != null) {
        long record = request.drafts().get(i).source().record();
        reading.report().addFailure(group.line(record), record, refusal.getMessage());
      }
      count(reading, request.drafts().get(i).source(), done.items().get(i));
    }
    reading
        .report()
        .add(done.count(Status.CREATED), done.count(Status.UNCHANGED), done.count(Status.UPDATED));
    reading.report().addTruncated(done.truncated());
    reading.incoming().run().check();
  }

  /** A document counts by its passages, a record by what became of its last one. */
  private static void count(Reading reading, Source source, Remembered.Item item) {
    if (!reading.incoming().format().isDocument() && source.chunk() < source.chunks() - 1) {
      return;
    }
    if (item.refusal() != null) {
      reading.progress().failed(1, item.refusal().getMessage());
    } else if (item.status() == Status.UNCHANGED) {
      reading.progress().skipped(1);
    } else {
      reading.progress().did(1);
    }
  }

  /**
   * Tallies a group that the embedder or the store refused for good.
   *
   * @throws Problem what may pass: then the whole source is to be tried again; or when the file's
   *     job is not to go on
   */
  public void failed(Reading reading, RecordGroup group, Throwable thrown) {
    reading.incoming().run().check();
    String reason = lasting(thrown).getMessage();
    group
        .records()
        .forEach(record -> reading.report().addFailure(record.line(), record.record(), reason));
    reading.progress().failed(group.records().size(), reason);
  }

  private static Problem lasting(Throwable thrown) {
    Problem problem = Diagnosis.of(thrown);
    if (problem.passing()) {
      throw problem;
    }
    return problem;
  }

  /** Whether all of the source is stored, and surplus passages may go. */
  public boolean complete(Reading reading) {
    return !reading.report().failed();
  }

  /** Notes how many surplus passages went. */
  public void removed(Reading reading, Long count) {
    reading.removed().set(count == null ? 0 : count);
  }

  /** The outcome of a source that was read to its end. */
  public Ingested ended(Reading reading) {
    // Blank lines and a header were counted beforehand.
    reading.progress().expect(reading.progress().count());
    return new Ingested(reading.sourceId(), reading.report(), reading.removed().get());
  }

  /**
   * The outcome of a source that could not be read at all.
   *
   * @throws Problem what may pass: then the source is to be tried again
   */
  public Ingested refused(Throwable thrown) {
    IngestReport report = new IngestReport();
    report.addFailure(null, null, reason(thrown));
    return new Ingested(null, report, 0);
  }

  private static String reason(Throwable thrown) {
    Problem problem = lasting(thrown);
    if (problem.kind() != ProblemKind.UNEXPECTED) {
      return problem.getMessage();
    }
    Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    return cause instanceof CharacterCodingException
        ? "the file is not UTF-8"
        : "the file could not be read (" + cause.getClass().getSimpleName() + ")";
  }

  /** Where a file of the inbox goes, below it: {@code done/notes.md}; no file is overwritten. */
  public String target(Ingested ingested, String name) {
    Path folder = settings.inbox().resolve(ingested.outcome());
    return ingested.outcome()
        + "/"
        + InboxFile.freeName(name, clock.instant(), free -> Files.exists(folder.resolve(free)));
  }

  /** Where the reason is put, beside the file that failed. */
  public String errorName(String target) {
    return InboxFile.errorName(target);
  }

  /** The reason. */
  public byte[] errorFile(Ingested ingested, String fileName) {
    return ingested.report().errorFile(fileName);
  }
}
