package org.hippocamel;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;
import org.hippocamel.spaces.SpaceSetup;

/**
 * A bundle that is put together to be looked at and never started: no port is opened, no server of
 * the settings is asked.
 */
public final class Inspection implements AutoCloseable {
  /** Nobody listens there: the routes want a client, not an answer. */
  private static final Map<String, String> NOWHERE =
      Map.of(
          "mongo.uri", "mongodb://127.0.0.1:1",
          "tei.url", "http://127.0.0.1:1",
          "http.port", "0",
          "camel.server.enabled", "false",
          "camel.management.enabled", "false",
          "camel.main.auto-startup", "false");

  private final PropertyFile file;
  private final MongoClient mongo;
  private final Beans beans;

  /**
   * @throws IllegalArgumentException when a setting is wrong, a file of the settings among them
   */
  public Inspection(PropertyFile wanted) {
    this.file = wanted.with(NOWHERE);
    Settings settings = Settings.read(file.resolved());
    this.mongo = MongoClients.create(settings.mongo().uri());
    this.beans =
        new Beans(
            settings,
            mongo,
            new StoreWatch(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            "inspection",
            Clock.systemUTC());
  }

  /** Who knows which indexes a space wants. */
  public SpaceSetup spaceSetup() {
    return (SpaceSetup) beans.all().get("spaceSetup");
  }

  /**
   * Loads the route files, every option and bean that they name included.
   *
   * @return how many routes there are
   * @throws IllegalStateException with the first thing that is wrong
   */
  public int loadRoutes() {
    Main main = new Main();
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    file.resolved().forEach(main::addOverrideProperty);
    main.addMainListener(new PlainProperties());
    beans.all().forEach(main::bind);
    try {
      main.start();
      return main.getCamelContext().getRoutesSize();
    } catch (Exception e) {
      throw new IllegalStateException(route(e) + innermost(e).getMessage(), e);
    } finally {
      main.stop();
    }
  }

  private static String route(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedToCreateRouteException failed) {
        return "route " + failed.getRouteId() + ": ";
      }
    }
    return "";
  }

  /** The outer ones repeat it with less. */
  private static Throwable innermost(Throwable thrown) {
    Throwable inner = thrown;
    while (inner.getCause() != null && inner.getCause().getMessage() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  @Override
  public void close() {
    beans.close();
    mongo.close();
  }
}
