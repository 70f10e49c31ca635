package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.hippocamel.config.Settings;

/** Asks the server of {@code rerank.url} whether it reranks. */
final class RerankerCheck {
  private static final String SUBJECT = "reranker";

  private final Settings settings;
  private final Findings findings;

  RerankerCheck(Settings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  void run() throws InterruptedException {
    if (settings.rerank().url().isEmpty()) {
      String own = settings.tei().rerankModelDirectory().map(Object::toString).orElse("none");
      findings.fine(SUBJECT, own + (own.equals("none") ? ": searches are not reranked" : ""));
      return;
    }
    String url = settings.rerank().url().get();
    try {
      JsonNode info = new RestClient(url, settings.tei().apiKey()).get("/info");
      if (info.path("model_type").has("reranker")) {
        findings.fine(SUBJECT, url + " serves " + info.path("model_id").asText());
      } else {
        findings.wrong(
            SUBJECT,
            url
                + " serves "
                + info.path("model_id").asText("no model")
                + ", which does not rerank;"
                + " correct RERANK_URL");
      }
    } catch (IOException e) {
      findings.note(
          SUBJECT, url + " " + ValidateVerb.away(e) + "; searches are answered without it");
    } catch (IllegalStateException refused) {
      findings.wrong(SUBJECT, refused.getMessage());
    }
  }
}
