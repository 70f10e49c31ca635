package org.hippocamel.evaluation;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.hippocamel.eval.BeirFolder;
import org.hippocamel.eval.Dataset;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** Labelled sets by the names of their folders, and nothing else of the file system. */
public final class DatasetFolders {
  /** No separators and no dot in front: a name cannot lead out of the directory. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  private static final String KEY = "evaluation.directory";

  private final Path directory;

  /**
   * @param directory whose folders are sets in BEIR's layout
   */
  public DatasetFolders(Path directory) {
    this.directory = directory;
  }

  /**
   * Refuses what is no set.
   *
   * @param name as a caller gives it
   * @throws Problem INVALID
   */
  public void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid(
          "/dataset",
          "dataset must be the name of a folder: letters, digits, dots, _ and -, not beginning with a"
              + " dot or -");
    }
    if (!Files.isDirectory(directory.resolve(name))) {
      throw Problem.invalid("/dataset", "no folder \"" + name + "\" in " + KEY);
    }
  }

  /**
   * The set of that name.
   *
   * @throws Problem INVALID naming what is wrong with it
   */
  Dataset read(String name) {
    check(name);
    try {
      return BeirFolder.read(directory.resolve(name));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new Problem(ProblemKind.INVALID, told(e.getMessage()), e);
    }
  }

  /** Where the sets lie is the operator's business. */
  private String told(String message) {
    return message.replace(directory.toString(), KEY);
  }
}
