package org.hippocamel.contract;

import java.nio.file.Path;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.hippocamel.embedded.tei.own.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded server with a tiny reranker; must never be skipped. */
class EmbeddedRerankContractTest extends RerankContractTest {
  @TempDir static Path directory;
  private static EmbeddedTei server;
  private static TeiHttp tei;

  @BeforeAll
  static void start() {
    TinyModel.in(directory, 1)
        .longest(64)
        .word("capital", 0.05f)
        .word("france", 0.1f)
        .word("paris", 0.15f)
        .word("olives", -0.1f)
        .classifier("LABEL_0");
    server = EmbeddedTei.start(TeiOptions.defaults().withRerankModelDir(directory));
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
