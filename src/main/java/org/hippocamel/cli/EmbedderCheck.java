package org.hippocamel.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.TeiInfo;
import org.hippocamel.problem.Problem;

/** Asks every server of {@code tei.url} what it serves. */
final class EmbedderCheck {
  private static final String SUBJECT = "embedder";

  private final Settings.Tei tei;
  private final Findings findings;

  EmbedderCheck(Settings.Tei tei, Findings findings) {
    this.tei = tei;
    this.findings = findings;
  }

  /** The model that the first of them serves; empty when none answers or it runs in the process. */
  Optional<TeiInfo> run() throws InterruptedException {
    if (tei.embedded()) {
      embedded(tei.embedModelDirectory());
      return Optional.empty();
    }
    List<TeiInfo> serving = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    for (String url : tei.urls()) {
      ask(url, serving, silent);
    }
    for (String why : silent) {
      if (serving.isEmpty()) {
        findings.wrong(SUBJECT, why + "; start it, or correct TEI_URL");
      } else {
        findings.note(SUBJECT, why + "; it is left out until it does");
      }
    }
    return serving.stream().findFirst();
  }

  private void embedded(Optional<Path> directory) {
    if (directory.isEmpty() || Files.exists(directory.get().resolve("config.json"))) {
      findings.fine(SUBJECT, directory.map(Path::toString).orElse("built in, in the process"));
    } else {
      findings.wrong(
          SUBJECT, directory.get() + " has no config.json; EMBED_MODEL_DIR names a model's folder");
    }
  }

  private void ask(String url, List<TeiInfo> serving, List<String> silent)
      throws InterruptedException {
    try {
      String body = new RestClient(url, tei.apiKey()).text("/info");
      TeiInfo info = TeiInfo.parse(body.getBytes(StandardCharsets.UTF_8));
      String serves = url + " serves " + info.modelId();
      if (serving.isEmpty() || serving.get(0).modelId().equals(info.modelId())) {
        findings.fine(
            SUBJECT,
            serves
                + ", "
                + info.maxConcurrentRequests()
                + " texts at once, "
                + info.maxClientBatchSize()
                + " a call");
      } else {
        findings.wrong(
            SUBJECT,
            serves + ", the one before it another; servers of one TEI_URL serve one model");
      }
      serving.add(info);
    } catch (IOException e) {
      silent.add(url + " " + ValidateVerb.away(e));
    } catch (IllegalStateException | Problem refused) {
      findings.wrong(SUBJECT, refused.getMessage());
    }
  }
}
