package org.hippocamel.contract;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.bson.types.ObjectId;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded store; must never be skipped. */
class EmbeddedVectorSearchContractTest extends VectorSearchContractTest {
  @TempDir static Path directory;

  private static EmbeddedAtlas atlas;
  private static MongoClient client;
  private MongoDatabase database;

  @BeforeAll
  static void start() {
    atlas = EmbeddedAtlas.start(AtlasOptions.in(directory));
    client = MongoClients.create(atlas.connectionString());
  }

  @AfterAll
  static void stop() {
    client.close();
    atlas.close();
  }

  @Override
  protected MongoDatabase database() {
    if (database == null) {
      database = client.getDatabase("contract_" + new ObjectId().toHexString());
    }
    return database;
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }
}
