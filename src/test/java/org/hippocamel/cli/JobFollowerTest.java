package org.hippocamel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobFollowerTest {
  private record Answer(int status, String body) {}

  /** A server that is started again: its routes are there a moment later than its port. */
  @Test
  void follow_goesOnWhenTheServerIsStartedAgain() throws Exception {
    Deque<Answer> answers =
        new ArrayDeque<>(
            List.of(
                new Answer(200, "{\"state\": \"running\", \"done\": 1}"),
                new Answer(200, "event: job\ndata: {\"state\": \"running\", \"done\": 2}\n\n"),
                new Answer(404, "<html>Resource not found</html>"),
                new Answer(503, "{\"detail\": \"still starting\"}"),
                new Answer(200, "event: job\ndata: {\"state\": \"done\", \"done\": 3}\n\n")));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Answer next = answers.remove();
          byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(next.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    List<Integer> seen = new ArrayList<>();
    try {
      RestClient rest = new RestClient("http://127.0.0.1:" + server.getAddress().getPort(), "");
      new JobFollower(rest, "/v1/jobs/7", job -> seen.add(job.get("done").asInt())).follow();
    } finally {
      server.stop(0);
    }
    assertEquals(List.of(1, 2, 3), seen);
  }
}
