package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** A {@code vectorSearch} index: one {@link VectorFieldIndex} for each vector field. */
final class VectorIndex implements SearchIndex {
  private final VectorDefinition definition;
  private final List<VectorFieldIndex> fields = new ArrayList<>();

  /**
   * @param exactSearchLimit vectors below which every search is an exact scan
   */
  VectorIndex(Path directory, VectorDefinition definition, int exactSearchLimit)
      throws IOException {
    this.definition = definition;
    for (VectorField field : definition.vectors()) {
      Path path = Files.createDirectories(directory.resolve("vector" + fields.size()));
      fields.add(new VectorFieldIndex(path, field, definition.filters(), exactSearchLimit));
    }
  }

  /** The hits of a query, best first. */
  List<Hit> search(VectorQuery query) {
    for (VectorFieldIndex index : fields) {
      if (index.field().path().equals(query.path())) {
        return search(query, index);
      }
    }
    throw SearchException.query(query.path() + " is not indexed as vector");
  }

  private List<Hit> search(VectorQuery query, VectorFieldIndex index) {
    Set<String> declared = new LinkedHashSet<>(definition.filters());
    VectorFilter filter =
        query.filter() == null
            ? VectorFilter.everything()
            : VectorFilter.parse(query.filter(), declared);
    if (query.vector() == null) {
      return List.of();
    }
    VectorField field = index.field();
    if (query.vector().length != field.dimensions()) {
      throw SearchException.query(
          "vector field is indexed with "
              + field.dimensions()
              + " dimensions but queried with "
              + query.vector().length);
    }
    float[] vector = field.similarity().prepare(query.vector());
    if (vector == null) {
      throw SearchException.query("Cosine similarity cannot be calculated against a zero vector.");
    }
    return index.search(vector, query.candidates(), query.limit(), filter);
  }

  @Override
  public void apply(BsonValue id, RawBsonDocument document) {
    fields.forEach(field -> field.apply(id, document));
  }

  @Override
  public void publish(long sequence) {
    fields.forEach(field -> field.publish(sequence));
  }

  @Override
  public long durable() {
    return fields.stream().mapToLong(VectorFieldIndex::durable).min().orElse(NOT_KEPT);
  }

  @Override
  public boolean wantsMaintenance() {
    return fields.stream().anyMatch(VectorFieldIndex::wantsSealing);
  }

  @Override
  public void maintain() throws IOException {
    for (VectorFieldIndex field : fields) {
      while (field.wantsSealing()) {
        field.seal();
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (VectorFieldIndex field : fields) {
      field.close();
    }
  }
}
