package org.hippocamel.embedded.atlas.aggregate;

import org.hippocamel.embedded.atlas.search.SearchIndexes;
import org.hippocamel.embedded.atlas.store.DocumentCollection;
import org.hippocamel.embedded.atlas.store.DocumentStore;

/** Where a pipeline runs. */
public record PipelineContext(DocumentStore store, SearchIndexes indexes, String namespace) {
  /** Null when there is none. */
  DocumentCollection collection() {
    return store.collection(namespace);
  }

  /** Another collection of the same database; null when there is none. */
  DocumentCollection collectionBeside(String name) {
    return beside(name).collection();
  }

  /** The same, for a pipeline over another collection of the database. */
  PipelineContext beside(String name) {
    String database = namespace.substring(0, namespace.indexOf('.') + 1);
    return new PipelineContext(store, indexes, database + name);
  }
}
