package org.hippocamel;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;

/** The beans that {@link Beans} binds, for checks that need their types but no running Camel. */
public final class BoundBeans {
  /** Nobody listens there; the client is only built, never asked. */
  private static final Map<String, String> NOWHERE =
      Map.of("mongo.uri", "mongodb://127.0.0.1:1", "tei.url", "http://127.0.0.1:1");

  private BoundBeans() {}

  /** Name to class, with the settings that {@code application.properties} ships. */
  public static Map<String, Class<?>> types() {
    Settings settings = Settings.read(PropertyFile.load(NOWHERE).resolved());
    try (MongoClient mongo = MongoClients.create(settings.mongo().uri());
        Beans beans =
            new Beans(
                settings,
                mongo,
                new StoreWatch(),
                new SimpleMeterRegistry(),
                "nowhere",
                java.time.Clock.systemUTC())) {
      Map<String, Class<?>> types = new HashMap<>();
      beans.all().forEach((name, bean) -> types.put(name, bean.getClass()));
      return types;
    }
  }
}
