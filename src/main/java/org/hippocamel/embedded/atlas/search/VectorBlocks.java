package org.hippocamel.embedded.atlas.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Vectors of rows that are not in a graph yet, in memory-mapped scratch files: the heap stays small
 * whatever the number of vectors, and growing copies nothing. Rows are only ever appended; a reader
 * that knows a row count may read all rows below it while more are added. The files are deleted as
 * soon as they are mapped, so a killed process leaves none behind.
 */
final class VectorBlocks {
  private static final int BLOCK_BYTES = 1 << 22;

  private final Path directory;
  private final int dimensions;
  private final int rowsPerBlock;
  private final int base;
  private volatile FloatBuffer[] blocks = {};

  /**
   * @param base the first row held here; the rows before it are in the graph
   */
  VectorBlocks(Path directory, int dimensions, int base) {
    this.directory = directory;
    this.dimensions = dimensions;
    this.base = base;
    rowsPerBlock = Math.max(1, BLOCK_BYTES / (dimensions * Float.BYTES));
  }

  void put(int row, float[] vector) {
    int slot = row - base;
    if (slot / rowsPerBlock == blocks.length) {
      FloatBuffer[] grown = Arrays.copyOf(blocks, blocks.length + 1);
      grown[blocks.length] = map();
      blocks = grown;
    }
    blocks[slot / rowsPerBlock].put(slot % rowsPerBlock * dimensions, vector);
  }

  /** Copies the row's vector into {@code target}. */
  void get(int row, float[] target) {
    int slot = row - base;
    blocks[slot / rowsPerBlock].get(slot % rowsPerBlock * dimensions, target);
  }

  /** The same rows without the blocks that hold none at or after {@code row}. */
  VectorBlocks from(int row) {
    VectorBlocks kept = new VectorBlocks(directory, dimensions, base);
    kept.blocks = blocks.clone();
    Arrays.fill(kept.blocks, 0, Math.min(blocks.length, (row - base) / rowsPerBlock), null);
    return kept;
  }

  private FloatBuffer map() {
    try {
      Path file = Files.createTempFile(directory, "vectors", ".scratch");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        return channel
            .map(FileChannel.MapMode.READ_WRITE, 0, (long) rowsPerBlock * dimensions * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no scratch file for vectors in " + directory, e);
    }
  }
}
