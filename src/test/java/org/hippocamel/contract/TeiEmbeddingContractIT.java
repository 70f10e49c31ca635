package org.hippocamel.contract;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract on a real TEI with an English bge model, at {@code TEI_URL}. */
@EnabledIfEnvironmentVariable(named = "TEI_URL", matches = "https?://.*")
class TeiEmbeddingContractIT extends EmbeddingContractTest {
  private final TeiHttp tei = new TeiHttp(System.getenv("TEI_URL"), System.getenv("TEI_API_KEY"));

  @Override
  TeiHttp tei() {
    return tei;
  }
}
