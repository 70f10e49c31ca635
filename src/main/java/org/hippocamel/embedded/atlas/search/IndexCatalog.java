package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * The search indexes there are, kept in one small file that is replaced as a whole. The files of an
 * index are in {@code <id>/<version>} beside it.
 */
final class IndexCatalog {
  private final Path directory;
  private final Map<String, IndexEntry> entries = new ConcurrentSkipListMap<>();

  IndexCatalog(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      if (Files.exists(file())) {
        BsonDocument stored = new RawBsonDocument(Files.readAllBytes(file()));
        for (BsonValue entry : stored.getArray("indexes")) {
          IndexEntry read = IndexEntry.read(entry.asDocument());
          entries.put(read.id, read);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the search indexes in " + directory, e);
    }
  }

  List<IndexEntry> all() {
    return List.copyOf(entries.values());
  }

  List<IndexEntry> of(String namespace) {
    return entries.values().stream().filter(e -> e.namespace.equals(namespace)).toList();
  }

  /** Null when there is none. */
  IndexEntry named(String namespace, String name) {
    return find(namespace, e -> e.name.equals(name));
  }

  IndexEntry nameOrId(String namespace, String nameOrId) {
    IndexEntry entry = find(namespace, e -> e.name.equals(nameOrId) || e.id.equals(nameOrId));
    if (entry == null) {
      throw SearchException.notFound(namespace, nameOrId);
    }
    return entry;
  }

  private IndexEntry find(String namespace, Predicate<IndexEntry> wanted) {
    for (IndexEntry entry : entries.values()) {
      if (entry.namespace.equals(namespace) && wanted.test(entry)) {
        return entry;
      }
    }
    return null;
  }

  boolean contains(IndexEntry entry) {
    return entries.get(entry.id) == entry;
  }

  void add(IndexEntry entry) {
    entries.put(entry.id, entry);
    save();
  }

  void remove(List<IndexEntry> gone) {
    if (!gone.isEmpty()) {
      gone.forEach(entry -> entries.remove(entry.id));
      save();
    }
  }

  Path files(IndexEntry entry, long version) {
    return directory.resolve(entry.id).resolve(Long.toString(version));
  }

  synchronized void save() {
    BsonArray stored = new BsonArray(new ArrayList<>());
    entries.values().forEach(entry -> stored.add(entry.stored()));
    Path written = directory.resolve("indexes.bson.new");
    try {
      Files.write(written, BsonBytes.encode(new BsonDocument("indexes", stored)));
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(written, file(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the search indexes in " + directory, e);
    }
  }

  /** Deletes what no entry names: indexes dropped, or versions replaced, just before a crash. */
  void sweep() throws IOException {
    for (Path path : directories(directory)) {
      IndexEntry entry = entries.get(path.getFileName().toString());
      if (entry == null) {
        deleteTree(path);
      } else {
        deleteOtherVersions(entry);
      }
    }
  }

  /** Deletes the files of an index that is closed. */
  void delete(IndexEntry entry) throws IOException {
    deleteTree(directory.resolve(entry.id));
  }

  /** Deletes the files of versions that were replaced. */
  void deleteOtherVersions(IndexEntry entry) throws IOException {
    for (Path path : directories(directory.resolve(entry.id))) {
      if (!path.equals(files(entry, entry.version()))) {
        deleteTree(path);
      }
    }
  }

  private static List<Path> directories(Path parent) throws IOException {
    if (!Files.exists(parent)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(parent)) {
      return found.filter(Files::isDirectory).toList();
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> found = Files.walk(tree)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private Path file() {
    return directory.resolve("indexes.bson");
  }
}
