package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.Directory;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * A {@code search} index in Lucene. A reader is opened anew when somebody searches after a change,
 * never for a write; commits are rare, as the log holds what they lack.
 */
final class TextIndex implements SearchIndex {
  private static final String SEQUENCE = "sequence";
  private static final String FORMAT = "format";
  private static final String CURRENT_FORMAT = "1";
  private static final int UNCOMMITTED_CHANGES = 20_000;
  private static final long UNCOMMITTED_NANOS = 60_000_000_000L;

  static {
    // Atlas's limit as well as Lucene's default: who exceeds it should learn so here.
    IndexSearcher.setMaxClauseCount(1024);
  }

  private final Directory directory;
  private final TextFields fields;
  private final TextQuery queries;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private boolean closed;
  private volatile long published;
  private volatile long refreshed = NOT_KEPT;
  private volatile long durable = NOT_KEPT;
  private volatile long changes;
  private volatile long committedAt = System.nanoTime();

  TextIndex(Path path, TextDefinition definition) throws IOException {
    fields = new TextFields(definition);
    queries = new TextQuery(definition, fields.analyzer(true));
    directory = new RefreshDirectory(path);
    load();
    IndexWriterConfig config =
        new IndexWriterConfig(fields.analyzer(false))
            // A compound file saves file handles, which segments in memory have none of.
            .setUseCompoundFile(false)
            // Merges neighbours only: documents of equal score stay in the order of writing.
            .setMergePolicy(new LogByteSizeMergePolicy())
            .setOpenMode(
                durable == NOT_KEPT
                    ? IndexWriterConfig.OpenMode.CREATE
                    : IndexWriterConfig.OpenMode.APPEND);
    writer = new IndexWriter(directory, config);
    searchers = new SearcherManager(writer, new SearcherFactory());
  }

  private void load() throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      return;
    }
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      Map<String, String> data = reader.getIndexCommit().getUserData();
      if (CURRENT_FORMAT.equals(data.get(FORMAT))) {
        durable = published = Long.parseLong(data.get(SEQUENCE));
      }
    }
  }

  @Override
  public void apply(BsonValue id, RawBsonDocument document) {
    try {
      if (document == null) {
        writer.deleteDocuments(TextFields.key(id));
      } else {
        writer.updateDocument(TextFields.key(id), fields.document(id, document));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void publish(long sequence) {
    changes += Math.max(1, sequence - published);
    published = sequence;
  }

  /**
   * The best {@code limit} hits of a {@code $search} stage.
   *
   * @throws SearchException for a stage that is wrong, or has more than 1024 clauses
   */
  List<Hit> search(BsonDocument stage, int limit) {
    try {
      refresh();
      IndexSearcher searcher = searchers.acquire();
      try {
        Query query = queries.parse(stage, searcher.getIndexReader());
        int bound = Math.max(1, Math.min(limit, searcher.getIndexReader().maxDoc()));
        return hits(searcher, searcher.search(query, bound));
      } finally {
        searchers.release(searcher);
      }
    } catch (IndexSearcher.TooManyClauses e) {
      throw SearchException.query(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refresh() throws IOException {
    long target = published;
    if (refreshed < target) {
      searchers.maybeRefreshBlocking();
      refreshed = Math.max(refreshed, target);
    }
  }

  private static List<Hit> hits(IndexSearcher searcher, TopDocs found) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    List<Hit> hits = new ArrayList<>(found.scoreDocs.length);
    for (ScoreDoc hit : found.scoreDocs) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
      BinaryDocValues ids = leaf.reader().getBinaryDocValues(TextFields.ID);
      ids.advanceExact(hit.doc - leaf.docBase);
      hits.add(new Hit(BsonBytes.decode(ids.binaryValue()), hit.score));
    }
    return hits;
  }

  @Override
  public long durable() {
    return durable;
  }

  @Override
  public boolean wantsMaintenance() {
    return changes >= UNCOMMITTED_CHANGES
        || changes > 0 && System.nanoTime() - committedAt > UNCOMMITTED_NANOS;
  }

  @Override
  public synchronized void maintain() throws IOException {
    if (!closed) {
      commit();
    }
  }

  private void commit() throws IOException {
    // Documents written after this line may be committed too: replaying them changes nothing.
    long sequence = published;
    changes = 0;
    writer.setLiveCommitData(
        Map.of(SEQUENCE, Long.toString(sequence), FORMAT, CURRENT_FORMAT).entrySet());
    writer.commit();
    durable = sequence;
    committedAt = System.nanoTime();
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      commit();
      searchers.close();
      writer.close();
      directory.close();
    }
  }
}
