package org.hippocamel;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running bundle: the servers in this process, the MongoDB client, the beans and Camel. {@link
 * #start} answers health checks and refuses requests; {@link #open} checks embedder and store and
 * lets requests and files in. Close it once.
 */
public final class Bundle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bundle.class);
  private static final long RETRY_MILLIS = 1_000;

  /** Routes that wait until embedder and store are checked. */
  private static final List<String> OPENED =
      List.of(
          "spaces-watch",
          "spaces-look-watch",
          "calibrate-timer",
          "usage-timer",
          "case-settle-timer",
          "jobs-work-heartbeat",
          "jobs-sweep-timer",
          "jobs-watch-timer",
          "evaluate-timer",
          "reembed-timer",
          "reembed-slices-help-timer",
          "reembed-orders-timer",
          "inbox");

  /** A store that says nothing for this long is away; no query of ours takes a tenth of it. */
  private static final int SILENT_SECONDS = 60;

  private final EmbeddedServers servers;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StoreWatch store = new StoreWatch();
  private final MongoClient mongo;
  private final Beans beans;
  private final Main main;
  private final Settings settings;
  private volatile boolean open;

  private Bundle(
      EmbeddedServers servers, Settings settings, Map<String, String> overrides, Clock clock) {
    this.servers = servers;
    this.settings = settings;
    this.mongo = mongo(settings.mongo(), store, new StoreMeters(registry));
    boolean ownStore = servers.addresses().containsKey("mongo.uri");
    this.beans =
        new Beans(
            settings, mongo, store, registry, ProcessName.of(settings.http(), ownStore), clock);
    this.main = new Main();
    // Not the default one: its own hook waits up to 45 s for a stop that our hook is making.
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    overrides.forEach(main::addOverrideProperty);
    main.addMainListener(new PlainProperties());
    beans.all().forEach(main::bind);
  }

  /**
   * Starts everything; returns when the REST server is bound.
   *
   * @param file settings, with overrides already in it
   * @throws IllegalArgumentException when settings are wrong
   * @throws IllegalStateException when the data directory is in use
   */
  public static Bundle start(PropertyFile file) {
    return start(file, Clock.systemUTC());
  }

  /** The same by another clock. */
  static Bundle start(PropertyFile file, Clock clock) {
    Settings wanted = Settings.read(file.resolved());
    EmbeddedServers servers = EmbeddedServers.start(wanted);
    Bundle bundle;
    try {
      Map<String, String> found = new LinkedHashMap<>(servers.addresses());
      Settings.Http http = wanted.http();
      found.put("http.port", "" + EmbeddedServers.port("http.port", http.host(), http.port()));
      found.put(
          "management.port",
          ""
              + EmbeddedServers.port(
                  "management.port", http.managementHost(), http.managementPort()));
      // Camel gets every value as it was read here, so that the two cannot differ.
      Map<String, String> values = file.with(found).resolved();
      bundle = new Bundle(servers, Settings.read(values), values, clock);
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
    bundle.startCamel();
    return bundle;
  }

  private static MongoClient mongo(Settings.Mongo mongo, StoreWatch watch, StoreMeters meters) {
    long millis = mongo.timeout().toMillis();
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(mongo.uri()))
            .applicationName("hippocamel")
            .writeConcern(WriteConcern.MAJORITY)
            .addCommandListener(meters)
            .applyToClusterSettings(
                c ->
                    c.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS)
                        .addClusterListener(watch))
            .applyToSocketSettings(
                s ->
                    s.connectTimeout((int) millis, TimeUnit.MILLISECONDS)
                        .readTimeout(SILENT_SECONDS, TimeUnit.SECONDS))
            .build());
  }

  private void startCamel() {
    try {
      main.start();
      beans.health(main.getCamelContext());
      HttpFront.install(main.getCamelContext(), settings.http(), registry, beans.jobFront());
      servers.addresses().forEach((key, address) -> LOG.info("{} = {}", key, address));
    } catch (Exception e) {
      close();
      throw e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }
  }

  /**
   * Checks the embedder and the store, waiting while they are away, and lets requests and files in.
   *
   * @throws Problem CONFLICT when the store's vectors come from another model
   */
  public void open() throws InterruptedException {
    while (!done("direct:spaces")) {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
    while (!done("direct:jobs-recover")) {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
    try {
      for (String route : OPENED) {
        main.getCamelContext().getRouteController().startRoute(route);
      }
      open = true;
    } catch (Exception e) {
      throw new IllegalStateException("the inbox cannot be read: " + e.getMessage(), e);
    }
  }

  private boolean done(String start) {
    try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
      Exchange exchange = template.request(start, in -> {});
      if (exchange.getException() == null) {
        return true;
      }
      Problem problem = Diagnosis.of(exchange.getException());
      if (!problem.passing()) {
        throw problem;
      }
      LOG.warn("Not open yet, trying again: {}", problem.getMessage());
      return false;
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What was embedded since the timer last came; a store that is away is not waited for. */
  private void recordUsage() {
    if (open && store.trouble().isEmpty()) {
      try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
        template.request("direct:usage-record", in -> {});
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Base URL of the REST server. */
  public String url() {
    return "http://" + settings.http().host() + ":" + settings.http().port();
  }

  /** Base URL of health and metrics. */
  public String managementUrl() {
    return "http://" + settings.http().managementHost() + ":" + settings.http().managementPort();
  }

  /** The settings in force, addresses of embedded servers in place. */
  public Settings settings() {
    return settings;
  }

  public CamelContext camel() {
    return main.getCamelContext();
  }

  /** The store's client; for tests that look at what is stored. */
  public MongoClient store() {
    return mongo;
  }

  @Override
  public void close() {
    beans.stopJobs();
    recordUsage();
    main.stop();
    beans.close();
    mongo.close();
    servers.close();
  }
}
