package org.hippocamel.reembed;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.ReembedSettings;
import org.hippocamel.embedding.EmbedRequest;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.Calibration;

/** Compares stored vectors of a space with what its embedder gives now. */
public final class Verifying {
  /** Half precision and other batch neighbours move a vector by less. */
  private static final double SAME = 0.999;

  private final ReembedSettings settings;

  public Verifying(ReembedSettings settings) {
    this.settings = settings;
  }

  /** Whether any are compared. */
  public boolean wanted() {
    return settings.verifySample() > 0;
  }

  /** Pipeline: a sample of rows with text and vector, as one read gives them. */
  public List<Bson> samplePipeline(Migration migration) {
    String path = migration.target().path();
    return List.of(
        new Document("$match", Lacking.present(path)),
        new Document("$sort", new Document("hash", 1)),
        new Document("$limit", settings.verifySample()),
        new Document(
            "$project",
            new Document("text", 1).append("source.heading", 1).append("hash", 1).append(path, 1)));
  }

  /** Their texts, to be embedded anew. */
  public EmbedRequest texts(Migration migration, List<Document> sample) {
    return SliceWork.texts(migration.target(), sample).again();
  }

  /**
   * Passes on when all are the same.
   *
   * @throws Problem CONFLICT naming how many differ and the least cosine
   */
  public void compare(Migration migration, List<Document> sample, List<Embedding> anew) {
    int different = 0;
    double least = 1;
    for (int i = 0; i < sample.size(); i++) {
      double cosine =
          Calibration.cosine(migration.target().vector(sample.get(i)), anew.get(i).orThrow());
      least = Math.min(least, cosine);
      different += cosine < SAME ? 1 : 0;
    }
    if (different > 0) {
      throw new Problem(
          ProblemKind.CONFLICT,
          "of "
              + sample.size()
              + " vectors in space "
              + migration.target().id()
              + " "
              + different
              + " are not what the embedder gives for their texts now; the least cosine is "
              + String.format(java.util.Locale.ROOT, "%.4f", least)
              + ". Retire the space and build it again");
    }
    migration.verified(sample.size() + " vectors are what the embedder gives now");
  }
}
