package org.hippocamel.contract;

import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the embedded server; must never be skipped. */
class EmbeddedEmbeddingContractTest extends EmbeddingContractTest {
  private static EmbeddedTei server;
  private static TeiHttp tei;

  @BeforeAll
  static void start() {
    server = EmbeddedTei.start(TeiOptions.defaults());
    tei = new TeiHttp(server.url(), null);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  TeiHttp tei() {
    return tei;
  }
}
