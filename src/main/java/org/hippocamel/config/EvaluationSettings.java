package org.hippocamel.config;

import java.nio.file.Path;

/**
 * {@code evaluation.*}.
 *
 * @param directory whose folders are labelled sets
 * @param maxQueries queries that a request may bring along
 */
public record EvaluationSettings(Path directory, int maxQueries) {
  static EvaluationSettings read(SettingReader in) {
    return new EvaluationSettings(
        Path.of(in.text("evaluation.directory")), in.integer("evaluation.max-queries", 1, 100_000));
  }
}
