package org.hippocamel.contract;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract on a real TEI with a reranking model such as bge-reranker-base, at {@code
 * RERANK_URL}.
 */
@EnabledIfEnvironmentVariable(named = "RERANK_URL", matches = "https?://.*")
class TeiRerankContractIT extends RerankContractTest {
  private final TeiHttp tei =
      new TeiHttp(System.getenv("RERANK_URL"), System.getenv("TEI_API_KEY"));

  @Override
  TeiHttp tei() {
    return tei;
  }
}
