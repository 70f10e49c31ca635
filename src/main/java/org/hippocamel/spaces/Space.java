package org.hippocamel.spaces;

import java.util.List;
import org.bson.BinaryVector;
import org.bson.BsonBinary;
import org.bson.Document;
import org.bson.types.Binary;
import org.hippocamel.embedding.TeiInfo;

/**
 * An embedding space. Vectors of two spaces are never compared.
 *
 * @param id also the name of its field in {@code vectors} and of its index: no dots, no blanks
 * @param modelId the model as TEI names it
 * @param revision TEI's model_sha, or null where the server was given none
 * @param pooling cls, mean, last_token
 * @param dimensions length of a vector
 * @param queryInstruction put before queries, never before stored texts
 * @param documentInstruction put before stored texts when they are embedded, never stored; vectors
 *     made with another one are not comparable
 */
public record Space(
    String id,
    String modelId,
    String revision,
    String pooling,
    int dimensions,
    String queryInstruction,
    String documentInstruction) {

  /** The space that this server and these settings stand for. */
  public static Space of(TeiInfo info, int dimensions, Instructions wanted) {
    Instructions instructions = wanted.of(info.modelId());
    String folder = info.modelId().replaceFirst("/+$", "");
    String model = folder.substring(folder.lastIndexOf('/') + 1);
    return new Space(
        model.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + dimensions + mark(instructions.document()),
        info.modelId(),
        info.modelSha(),
        info.pooling(),
        dimensions,
        instructions.query(),
        instructions.document());
  }

  /**
   * Tells vectors made with an instruction from those of the same model without, or with another.
   */
  private static String mark(String documentInstruction) {
    return documentInstruction.isEmpty()
        ? ""
        : "-" + "%08x".formatted(documentInstruction.hashCode());
  }

  /** A text that is stored, or is compared with stored ones as their like, as it is embedded. */
  public String asStored(String text) {
    return documentInstruction + text;
  }

  /** Path of its vectors in a stored memory. */
  public String path() {
    return "vectors." + id;
  }

  /** Name of its vector search index. */
  public String index() {
    return "vector_" + id;
  }

  /** The vector that a stored row has in this space, or null. */
  public float[] vector(Document row) {
    return floats(row.getEmbedded(List.of("vectors", id), Object.class));
  }

  /** The numbers of a stored vector, or null where there is none. */
  static float[] floats(Object stored) {
    // The driver gives a vector, or the binary that it is stored as, as its codecs are set.
    Object vector =
        stored instanceof Binary binary
            ? new BsonBinary(binary.getType(), binary.getData()).asVector()
            : stored;
    return vector instanceof BinaryVector floats ? floats.asFloat32Vector().getData() : null;
  }

  /** What must be equal for two vectors to be comparable; the id is but a name. */
  boolean comparable(Space other) {
    return modelId.equals(other.modelId)
        && java.util.Objects.equals(revision, other.revision)
        && pooling.equals(other.pooling)
        && dimensions == other.dimensions
        && documentInstruction.equals(other.documentInstruction);
  }

  /** This space under the name that another has. */
  Space named(Space other) {
    return under(other.id);
  }

  /** This space under another name. */
  Space under(String name) {
    return new Space(
        name, modelId, revision, pooling, dimensions, queryInstruction, documentInstruction);
  }

  /** This space under a name that tells its revision and pooling apart. */
  Space apart() {
    String other = Integer.toHexString((modelId + " " + revision + " " + pooling).hashCode());
    return under(id + "-" + other);
  }

  /** One phrase for messages. */
  public String describe() {
    return modelId
        + (revision == null ? "" : " at " + revision)
        + ", "
        + pooling
        + " pooling, "
        + dimensions
        + " dimensions"
        + (documentInstruction.isEmpty()
            ? ""
            : ", \"" + documentInstruction + "\" before stored texts");
  }

  Document toDocument() {
    return new Document("_id", id)
        .append("model_id", modelId)
        .append("revision", revision)
        .append("pooling", pooling)
        .append("dimensions", dimensions)
        .append("normalised", true)
        .append("query_instruction", queryInstruction)
        .append("document_instruction", documentInstruction);
  }

  /** The space of a row of the collection {@code spaces}. */
  public static Space from(Document document) {
    return new Space(
        document.getString("_id"),
        document.getString("model_id"),
        document.getString("revision"),
        document.getString("pooling"),
        document.getInteger("dimensions"),
        document.getString("query_instruction"),
        document.get("document_instruction", ""));
  }
}
