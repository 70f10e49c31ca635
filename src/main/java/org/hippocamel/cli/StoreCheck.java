package org.hippocamel.cli;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.TeiInfo;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceList;
import org.hippocamel.spaces.SpaceSetup;

/** Asks the store whether it is there, whose vectors it has, and how its indexes stand. */
final class StoreCheck {
  private static final String STORE = "store";
  private static final String INDEXES = "indexes";

  private final Settings.Mongo mongo;
  private final SpaceSetup setup;
  private final Findings findings;

  StoreCheck(Settings.Mongo mongo, SpaceSetup setup, Findings findings) {
    this.mongo = mongo;
    this.setup = setup;
    this.findings = findings;
  }

  void run(Optional<TeiInfo> model) {
    if (mongo.embedded()) {
      findings.fine(STORE, "built in, in the process, under " + mongo.dataDirectory());
      return;
    }
    try (MongoClient client = client()) {
      MongoDatabase database = client.getDatabase(mongo.database());
      String version = database.runCommand(new Document("buildInfo", 1)).getString("version");
      findings.fine(STORE, "MongoDB " + version + ", database " + mongo.database());
      space(database, model).ifPresent(space -> indexes(database, space));
    } catch (MongoException e) {
      findings.wrong(
          STORE,
          "mongo.uri: "
              + e.getMessage().lines().findFirst().orElse(e.toString())
              + "\nIs it running, is this address let in, are user and password right (MONGODB_URI)?");
    }
  }

  private MongoClient client() {
    long millis = mongo.timeout().toMillis();
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(mongo.uri()))
            .applicationName("hippocamel-validate")
            .applyToClusterSettings(c -> c.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS))
            .build());
  }

  private Optional<Space> space(MongoDatabase database, Optional<TeiInfo> model) {
    SpaceList stored = setup.heard(database.getCollection("spaces").find().into(new ArrayList<>()));
    Optional<Space> active = stored.activeSpace();
    if (active.isEmpty()) {
      findings.note(INDEXES, "no space yet: the first start makes it, with its indexes");
      return Optional.empty();
    }
    Space space = active.get();
    if (model.isPresent() && !model.get().modelId().equals(space.modelId())) {
      findings.wrong(
          STORE,
          "its vectors come from "
              + space.modelId()
              + ", the embedder serves "
              + model.get().modelId()
              + "\nPoint TEI_URL at the stored model, or MONGODB_DATABASE at a new database");
    } else {
      findings.fine(STORE, "space " + space.id() + " of " + space.modelId());
    }
    return Optional.of(space);
  }

  private void indexes(MongoDatabase database, Space space) {
    List<Document> present =
        database
            .getCollection(SpaceSetup.MEMORIES)
            .aggregate(setup.indexesPipeline())
            .into(new ArrayList<>());
    for (Document index : present) {
      String name = index.getString("name") + " " + index.getString("status");
      if (Boolean.TRUE.equals(index.getBoolean("queryable"))) {
        findings.fine(INDEXES, name);
      } else {
        findings.wrong(INDEXES, name + " cannot be queried; if it stays so, drop it and restart");
      }
    }
    for (Document command : setup.indexCommands(space, present)) {
      boolean missing = command.containsKey("createSearchIndexes");
      findings.note(
          INDEXES,
          missing
              ? "one is missing; the next start makes it"
              : command.getString("name")
                  + " differs from the settings; the next start updates it");
    }
  }
}
