package org.hippocamel.cases;

import java.util.Arrays;
import org.bson.BinaryVector;
import org.bson.BsonBinary;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * A problem as a point of an embedding space: where an outcome happened.
 *
 * @param space id of the space; places of two spaces are never compared
 * @param vector {@code float[dimension]}, unit length
 */
public record Place(String space, float[] vector) {

  /** Cosine, in [-1, 1]. */
  double cosine(Place other) {
    if (!space.equals(other.space) || vector.length != other.vector.length) {
      throw new IllegalArgumentException("places of two spaces cannot be compared");
    }
    double dot = 0;
    for (int i = 0; i < vector.length; i++) {
      dot += (double) vector[i] * other.vector[i];
    }
    return Math.max(-1, Math.min(1, dot));
  }

  Document toDocument() {
    return new Document("space", space).append("vector", BinaryVector.floatVector(vector));
  }

  static Place from(Document document) {
    return new Place(document.getString("space"), floats(document.get("vector")));
  }

  /** The driver gives a vector, or the binary that it is stored as, as its codecs are set. */
  static float[] floats(Object stored) {
    BinaryVector vector =
        stored instanceof Binary binary
            ? new BsonBinary(binary.getType(), binary.getData()).asVector()
            : (BinaryVector) stored;
    return vector.asFloat32Vector().getData();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Place place
        && space.equals(place.space)
        && Arrays.equals(vector, place.vector);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(vector);
  }

  /** Without the vector: vectors are never logged. */
  @Override
  public String toString() {
    return "Place[" + space + "]";
  }
}
