package org.hippocamel;

import com.mongodb.client.MongoClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import org.hippocamel.api.ApiKeys;
import org.hippocamel.api.DocumentRequest;
import org.hippocamel.api.Door;
import org.hippocamel.api.EmbeddingsRequest;
import org.hippocamel.api.InteractionsRequest;
import org.hippocamel.api.JobReplies;
import org.hippocamel.api.RecallRequests;
import org.hippocamel.api.RestBodies;
import org.hippocamel.api.RestReplies;
import org.hippocamel.batching.Bounds;
import org.hippocamel.batching.Flow;
import org.hippocamel.batching.Gate;
import org.hippocamel.batching.Gathering;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.EmbedGate;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.ingest.FileJobs;
import org.hippocamel.ingest.Ingesting;
import org.hippocamel.ingest.SourceLedger;
import org.hippocamel.job.JobLedger;
import org.hippocamel.memory.BulkUpsert;
import org.hippocamel.memory.Companions;
import org.hippocamel.memory.MemoryAccess;
import org.hippocamel.memory.MemoryCounts;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.memory.Outcome;
import org.hippocamel.memory.Overtaking;
import org.hippocamel.memory.Remembering;
import org.hippocamel.memory.Upserts;
import org.hippocamel.memory.Writes;
import org.hippocamel.problem.ProblemReply;
import org.hippocamel.recall.CandidateLists;
import org.hippocamel.recall.FilterFields;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Fusion;
import org.hippocamel.recall.RecallCounts;
import org.hippocamel.recall.RecallTimes;
import org.hippocamel.recall.Recalling;
import org.hippocamel.search.Searching;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Calibrating;
import org.hippocamel.spaces.Instructions;
import org.hippocamel.spaces.Readiness;
import org.hippocamel.spaces.ReadyCheck;
import org.hippocamel.spaces.SearchIndexDefinitions;
import org.hippocamel.spaces.SpaceDiscovery;
import org.hippocamel.spaces.SpaceSetup;

/** Every bean that the routes name, built from the settings. */
final class Beans implements AutoCloseable {
  private final NamedBeans beans = new NamedBeans();
  private final ActiveSpace space = new ActiveSpace();
  private final Clock clock;
  private final RecallCounts searches = new RecallCounts();
  private final Settings settings;
  private final MeterRegistry registry;
  private final Readiness readiness;
  private final ContextBeans context;
  private final JobBeans jobs;

  /**
   * @param process what this process is called; see {@link ProcessName}
   * @param clock what leases, expiry and crontabs go by
   */
  Beans(
      Settings settings,
      MongoClient mongo,
      StoreWatch store,
      MeterRegistry registry,
      String process,
      Clock clock) {
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
    this.context = new ContextBeans(settings);
    beans.put("mongo", mongo);
    beans.put(MicrometerConstants.METRICS_REGISTRY_NAME, registry);
    int threads = settings.http().workers() + HttpFront.KEPT;
    // A worker is held as long as its request takes, which may be an hour for a long list.
    beans.put(
        "vertxOptions",
        new VertxOptions()
            .setWorkerPoolSize(threads)
            .setMaxWorkerExecuteTime(1)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS));
    HttpClientConfigurer plainHttp =
        client -> client.disableAutomaticRetries().disableCookieManagement();
    beans.put("plainHttp", plainHttp);
    beans.put("problemReply", new ProblemReply());
    EmbedBeans embedding = new EmbedBeans(settings, beans);
    Embedders embedders = embedding.embedders();
    space.servedBy(embedders);
    this.readiness = new Readiness(space, embedders, store::trouble);
    new ReadyMeters(readiness, store, space).bindTo(registry);
    MetadataSchema schema = MetadataSchema.of(settings.memory().filterable(), settings.limits());
    embedding.bind(registry);
    new UsageBeans(settings, space, clock).bind(beans, embedding.counts(), embedders, registry);
    spaces(embedders, schema);
    memory();
    ingest(embedders, schema);
    RerankBeans rerank = new RerankBeans(settings);
    rerank.bind(beans);
    rerank.meters().bindTo(registry);
    new RecallMeters(searches).bindTo(registry);
    recall();
    ShadowBeans.bind(beans, settings.shadow(), space, clock, registry);
    context.bind(beans, space, schema, fusing(settings.recall()));
    new ContextMeters(context.stages()).bindTo(registry);
    this.jobs = new JobBeans(settings, process, clock, beans);
    new JobMeters(jobs.counts()).bindTo(registry);
    ReembedBeans.put(settings, embedders, space, process, clock, fusing(settings.recall()), beans);
    api(schema);
    CaseBeans.bind(
        beans,
        settings,
        space,
        clock,
        schema,
        fusing(settings.recall()),
        beans.get("writeAnswers", ExecutorService.class));
  }

  /** Batches beyond the slots of a lane wait for a thread: TEI must not meet more of them. */
  static void resize(ThreadPoolExecutor pool, int threads) {
    pool.setMaximumPoolSize(Math.max(threads, pool.getCorePoolSize()));
    pool.setCorePoolSize(threads);
    pool.setMaximumPoolSize(threads);
  }

  private void spaces(Embedders embedders, MetadataSchema schema) {
    Map<String, String> filterable =
        FilterFields.of(schema).indexed().stream()
            .collect(Collectors.toMap(FilterFields.Field::path, field -> field.type().word()));
    beans.put(
        "spaceDiscovery",
        new SpaceDiscovery(
            embedders,
            Map.of(
                "tei",
                new Instructions(
                    settings.embed().queryInstruction(), settings.embed().documentInstruction()),
                "next",
                new Instructions(
                    settings.next().queryInstruction(), settings.next().documentInstruction()))));
    beans.put(
        "spaceSetup",
        new SpaceSetup(
            new SearchIndexDefinitions(
                filterable, settings.memory().analyzer(), settings.vectors().encoding()),
            space,
            settings.mongo().indexWait(),
            clock));
    beans.put("calibrating", new Calibrating(space));
  }

  private void memory() {
    beans.put(
        "remembering",
        new Remembering(space, context.keying(), clock, settings.spaces().patience()));
    beans.put("overtaking", new Overtaking(space));
    beans.put("companions", new Companions(beans.get("embedGate", EmbedGate.class)));
    MemoryCounts counts = new MemoryCounts();
    beans.put("memoryCounts", counts);
    new MemoryMeters(counts).bindTo(registry);
    beans.put("bulkUpsert", new BulkUpsert());
    // What is done there never blocks: callers go on to the next gate, or make their reply.
    ExecutorService answers =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), threads("write-answer"));
    beans.put("writeAnswers", answers);
    Settings.Bulk bulk = settings.mongo().bulk();
    String late = late(bulk);
    Gate<Writes, Writes> lookUps =
        new Gate<>(writes -> writes.rows().size(), writes -> 0, bulk.deadline(), late, answers);
    Gate<Upserts, List<Outcome>> upserts =
        new Gate<>(Upserts::size, Upserts::bytes, bulk.deadline(), late, answers);
    beans.put("lookUpGate", lookUps);
    beans.put("upsertGate", upserts);
    shared(beans, "lookUp", bulk);
    shared(beans, "upsert", bulk);
    beans.put("memoryAccess", new MemoryAccess());
  }

  /** What a writer is told who waited too long. */
  static String late(Settings.Bulk bulk) {
    return "the store gave no answer within "
        + bulk.deadline().toMillis()
        + " ms (mongo.bulk-deadline-millis); the same may be sent again";
  }

  /** Calls that writers share: a group, slots and as many threads. */
  static void shared(NamedBeans beans, String name, Settings.Bulk bulk) {
    DefaultAggregateController controller = new DefaultAggregateController();
    Flow flow = new Flow(bulk::calls, controller);
    beans.put(name + "Controller", controller);
    beans.put(name + "Flow", flow);
    beans.put(name + "Gathering", new Gathering(new Bounds(bulk.rows(), bulk.bytes()), flow));
    beans.put(name + "Calls", Executors.newFixedThreadPool(bulk.calls(), threads(name + "-call")));
  }

  private void ingest(Embedders embedders, MetadataSchema schema) {
    beans.put(
        "ingesting",
        new Ingesting(
            settings.ingest(),
            settings.limits(),
            () ->
                embedders.activeOrFirst().limits().get().behind(space.get().documentInstruction()),
            schema,
            clock));
    beans.put("fileJobs", new FileJobs(settings.ingest()));
    beans.put("sourceLedger", new SourceLedger(clock));
    beans.put("ingestGroups", noQueue(settings.ingest().groupsAtOnce(), "ingest-group"));
  }

  /** No queue: whoever hands over work when all threads are busy does it himself. */
  static ExecutorService noQueue(int threads, String name) {
    return new ThreadPoolExecutor(
        0,
        threads,
        1,
        TimeUnit.MINUTES,
        new SynchronousQueue<>(),
        threads(name),
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  private void recall() {
    beans.put(
        "recalling", new Recalling(space, settings.recall(), settings.vectors(), clock, searches));
    beans.put("recallSearches", noQueue(2 * settings.http().workers(), "recall-search"));
    beans.put("recallTimes", new RecallTimes(searches));
    beans.put("candidateLists", new CandidateLists());
    beans.put("fusion", new Fusion(settings.recall()));
    beans.put("searching", new Searching(settings.rerank().top()));
  }

  private static Fusing fusing(Settings.Recall recall) {
    return new Fusing(Fusing.Rule.of(recall.fusion()), recall.lexicalWeight());
  }

  private void api(MetadataSchema schema) {
    ApiKeys keys = settings.http().keysFile().map(ApiKeys::read).orElseGet(ApiKeys::none);
    String tenant = settings.ingest().tenant();
    if (!keys.open() && !keys.knows(tenant)) {
      throw new IllegalArgumentException(
          "inbox.tenant \""
              + tenant
              + "\" has no key in api.keys-file: nobody could read what the inbox takes in;"
              + " set INBOX_TENANT to a tenant of that file");
    }
    beans.put("door", new Door(keys));
    RecallRequests recall = new RecallRequests(settings.limits(), schema, settings.recall());
    JobLedger jobLedger = beans.get("jobLedger", JobLedger.class);
    EvaluationBeans.put(settings, recall, jobLedger, space, clock, beans);
    beans.put("evaluationStores", noQueue(settings.ingest().groupsAtOnce(), "evaluation-store"));
    beans.put(
        "restBodies",
        new RestBodies(
            new InteractionsRequest(settings.limits(), schema),
            recall,
            new DocumentRequest(settings.limits(), schema),
            new EmbeddingsRequest(settings.limits(), space)));
    beans.put(
        "restReplies", new RestReplies(space, readiness, contract(settings.http().contract())));
  }

  private static byte[] contract(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("api.contract " + file + " cannot be read", e);
    }
  }

  static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The beans by the names that the routes use. */
  Map<String, Object> all() {
    return beans.all();
  }

  /** Adds readiness to Camel's health checks. */
  void health(CamelContext camel) {
    ReadyCheck check = new ReadyCheck(readiness);
    check.setCamelContext(camel);
    HealthCheckRegistry.get(camel).register(check);
  }

  /** What watches jobs for callers. */
  JobFront jobFront() {
    return new JobFront(
        beans.get("door", Door.class),
        jobs.watch(),
        beans.get("jobReplies", JobReplies.class),
        settings.job());
  }

  /** Asks long work to leave off, so that nobody waits for it. */
  void stopJobs() {
    jobs.runs().stop();
  }

  @Override
  public void close() {
    beans.all(ExecutorService.class).forEach(ExecutorService::shutdownNow);
  }
}
