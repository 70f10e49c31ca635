package org.hippocamel.drill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;

/** What lies in the store after a drill, read through the official driver. */
final class StoredLines implements AutoCloseable {
  /** Each drilled line begins with its own number. */
  private static final Pattern NUMBER = Pattern.compile("drill line (\\d+-\\d+)");

  private final MongoClient client;
  private final MongoCollection<Document> memories;

  StoredLines(String uri) {
    client = MongoClients.create(uri);
    memories = client.getDatabase("hippocamel").getCollection("memories");
  }

  long documents() {
    return memories.countDocuments();
  }

  /** Number of each line to how often it is stored. */
  Map<String, Integer> lines() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Document memory : memories.find().projection(Projections.include("text"))) {
      Matcher number = NUMBER.matcher(memory.getString("text"));
      counts.merge(number.find() ? number.group(1) : "unknown", 1, Integer::sum);
    }
    return counts;
  }

  /** Memories whose vector is missing: stored, but never to be found by meaning. */
  long withoutVector() {
    return memories.countDocuments(new Document("vectors", new Document("$exists", false)));
  }

  /** State to how many jobs stand so. */
  Map<String, Integer> jobs() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Document job : client.getDatabase("hippocamel").getCollection("jobs").find()) {
      counts.merge(job.getString("state"), 1, Integer::sum);
    }
    return counts;
  }

  /** Every search index with the documents it can return. */
  Map<String, Integer> indexed() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Document index : memories.listSearchIndexes()) {
      String name = index.getString("name");
      boolean vector = "vectorSearch".equals(index.getString("type"));
      List<Document> pipeline = new ArrayList<>();
      pipeline.add(vector ? nearest(index) : word(name));
      pipeline.add(new Document("$project", new Document("_id", 1)));
      counts.put(name, memories.aggregate(pipeline).into(new ArrayList<>()).size());
    }
    return counts;
  }

  private static Document nearest(Document index) {
    for (Document field :
        index.get("latestDefinition", Document.class).getList("fields", Document.class)) {
      if ("vector".equals(field.getString("type"))) {
        List<Double> query =
            new ArrayList<>(Collections.nCopies(field.getInteger("numDimensions"), 0.1));
        return new Document(
            "$vectorSearch",
            new Document("index", index.getString("name"))
                .append("path", field.getString("path"))
                .append("queryVector", query)
                .append("exact", true)
                .append("limit", 1_000_000));
      }
    }
    throw new IllegalStateException("no vector field in " + index.toJson());
  }

  /** Every drilled line holds this word. */
  private static Document word(String index) {
    Document text = new Document("query", "drill").append("path", "text");
    return new Document("$search", new Document("index", index).append("text", text));
  }

  @Override
  public void close() {
    client.close();
  }
}
