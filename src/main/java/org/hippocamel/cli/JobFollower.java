package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hears of a job until it has ended: by its events, as long as the server has room for one more who
 * listens, else by asking each second. A server that is started again meanwhile is asked again.
 */
final class JobFollower {
  private static final int OK = 200;
  private static final int CROWDED = 429;
  private static final List<String> ENDS = List.of("done", "failed", "cancelled");
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Seconds without an answer after which the server counts as gone. */
  private static final int PATIENCE = 60;

  private final RestClient rest;
  private final String path;
  private final Consumer<JsonNode> changed;
  private JsonNode last;
  private int silent;

  /**
   * @param changed hears of each change
   */
  JobFollower(RestClient rest, String path, Consumer<JsonNode> changed) {
    this.rest = rest;
    this.path = path;
    this.changed = changed;
  }

  /**
   * Returns when the job has ended.
   *
   * @return the job as it ended
   * @throws IllegalStateException when the server refuses, as for a job that is not there
   * @throws IOException when it did not answer for a minute, or never did
   */
  JsonNode follow() throws IOException, InterruptedException {
    take(rest.get(path));
    while (!ended()) {
      try {
        listen();
      } catch (IOException | IllegalStateException away) {
        silent++;
        if (silent > PATIENCE) {
          throw away;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
    return last;
  }

  private void listen() throws IOException, InterruptedException {
    int status = rest.events(path, this::take);
    if (status == CROWDED) {
      Thread.sleep(PAUSE.toMillis());
      take(rest.get(path));
    } else if (status != OK) {
      // While a server starts, its routes are not there: 404 says nothing of a job that was seen.
      throw new IOException(rest.url() + path + " answers " + status);
    }
  }

  private boolean ended() {
    return ENDS.contains(last.path("state").asText());
  }

  private void take(JsonNode job) {
    silent = 0;
    if (!job.equals(last)) {
      last = job;
      changed.accept(job);
    }
  }
}
