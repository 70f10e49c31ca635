package org.hippocamel.config;

import java.nio.file.Path;

/**
 * {@code evaluation.*}.
 *
 * @param directory whose folders are labelled sets
 * @param maxQueries queries that a request may bring along
 * @param maxResults results of one evaluation: modes x queries x depth
 */
public record EvaluationSettings(Path directory, int maxQueries, int maxResults) {
  static EvaluationSettings read(SettingReader in) {
    return new EvaluationSettings(
        Path.of(in.text("evaluation.directory")),
        in.integer("evaluation.max-queries", 1, 100_000),
        in.integer("evaluation.max-results", 1, 100_000_000));
  }
}
