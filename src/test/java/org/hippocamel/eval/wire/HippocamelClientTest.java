package org.hippocamel.eval.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hippocamel.eval.Ranking;
import org.hippocamel.eval.Variant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that always answers the same. */
class HippocamelClientTest {
  private HttpServer server;
  private HippocamelClient client;
  private volatile String answer;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/v1/search",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new HippocamelClient("http://127.0.0.1:" + server.getAddress().getPort(), "", Unit.MEMORY);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void search_takesTheOrderOfTheReranker() {
    answer =
        "{\"results\":[{\"id\":\"a\",\"score\":0.9},{\"id\":\"b\",\"score\":0.2}],\"reranked\":true}";
    assertEquals(
        List.of(new Ranking.Scored("a", 0.9), new Ranking.Scored("b", 0.2)),
        client.search("q", 2, Variant.of("hybrid+rerank")));
  }

  @Test
  void search_refusesAnotherOrderThanWasToBeMeasured() {
    answer = "{\"results\":[],\"reranked\":false,\"rerank_reason\":\"too slow: it was\"}";
    Variant reranked = Variant.of("hybrid+rerank");
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> client.search("q", 2, reranked));
    assertEquals("a search was not reranked, too slow: it was", refused.getMessage());
    assertEquals(List.of(), client.search("q", 2, Variant.of("hybrid")));
  }
}
