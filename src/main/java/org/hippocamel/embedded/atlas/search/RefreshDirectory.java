package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.NRTCachingDirectory;

/**
 * Keeps the small segments of a refresh in memory until they are merged or committed. Lucene opens
 * the files of stored fields, which every segment has, without saying that they belong to a flush;
 * on disk, mapping and unmapping those alone is a fifth of a refresh.
 */
final class RefreshDirectory extends NRTCachingDirectory {
  private static final double MAX_SEGMENT_MB = 5;
  private static final double MAX_CACHED_MB = 32;

  RefreshDirectory(Path path) throws IOException {
    super(FSDirectory.open(path), MAX_SEGMENT_MB, MAX_CACHED_MB);
  }

  @Override
  protected boolean doCacheWrite(String name, IOContext context) {
    boolean unsaid = context.flushInfo == null && context.mergeInfo == null;
    return unsaid ? name.startsWith("_") : super.doCacheWrite(name, context);
  }
}
