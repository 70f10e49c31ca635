package org.hippocamel.embedded.atlas.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second process out of a directory. The operating system frees it when we die.
 *
 * <p>POSIX drops a process's lock as soon as the process closes any channel on the file, so a
 * second attempt from within this process must not even open it: hence the set of paths.
 */
final class DirectoryLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private DirectoryLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * @throws IllegalStateException when another process, or another server in this one, has it
   */
  static DirectoryLock of(Path directory) {
    try {
      Files.createDirectories(directory);
      Path path = directory.toRealPath().resolve("lock");
      if (!HELD.add(path)) {
        throw taken(directory);
      }
      try {
        return new DirectoryLock(path, locked(path, directory));
      } catch (IOException | RuntimeException e) {
        HELD.remove(path);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the store directory " + directory, e);
    }
  }

  private static FileChannel locked(Path path, Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw taken(directory);
    }
    return channel;
  }

  private static IllegalStateException taken(Path directory) {
    return new IllegalStateException(
        "The store directory "
            + directory.toAbsolutePath()
            + " is in use by another process; stop that process or choose another directory.");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(path);
    }
  }
}
