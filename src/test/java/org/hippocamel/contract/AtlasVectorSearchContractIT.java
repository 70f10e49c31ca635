package org.hippocamel.contract;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against the deployment that {@code MONGODB_URI} names, in throw-away databases. */
@EnabledIfEnvironmentVariable(named = "MONGODB_URI", matches = "mongodb.*")
class AtlasVectorSearchContractIT extends VectorSearchContractTest {
  private MongoClient client;
  private MongoDatabase database;

  @Override
  protected MongoDatabase database() {
    if (database == null) {
      client = MongoClients.create(System.getenv("MONGODB_URI"));
      database = client.getDatabase("contract_" + new ObjectId().toHexString());
    }
    return database;
  }

  @Override
  protected Duration patience() {
    return Duration.ofMinutes(2);
  }

  @AfterEach
  void dropDatabase() {
    database.drop();
    client.close();
  }
}
