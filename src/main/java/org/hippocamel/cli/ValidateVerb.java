package org.hippocamel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hippocamel.Inspection;
import org.hippocamel.api.ApiKeys;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.TeiInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at everything that a start needs, without starting. */
@Command(
    name = "validate",
    header = "Check settings, keys, folders, routes, embedder, store and indexes: what is wrong?",
    description = {
      "Changes nothing, and may be run beside a running Hippocamel. Each finding says what is wrong"
          + " and how to mend it. Settings come from the environment and -D, as for a start.",
      "Exit code 1: something is wrong. Exit code 2: the settings are, and nothing else was looked at."
    })
final class ValidateVerb extends Verb {
  @Option(names = "--offline", description = "leave out embedder and store")
  private boolean offline;

  @Override
  public Integer call() throws InterruptedException {
    Findings findings = new Findings(out());
    PropertyFile file = PropertyFile.load(Map.of());
    Settings settings = asked(() -> Settings.read(file.resolved()));
    findings.fine("settings", file.resolved().size() + " keys are understood");
    keys(settings, findings);
    folder("inbox", settings.ingest().inbox(), "INBOX_DIR", findings);
    if (settings.mongo().embedded()) {
      folder("data", settings.mongo().dataDirectory(), "DATA_DIR", findings);
    }
    if (findings.wrong() > 0) {
      findings.note("routes", "not looked at: the keys or folders above come first");
      return Verbs.UNMET;
    }
    try (Inspection inspection = asked(() -> new Inspection(file))) {
      routes(inspection, findings);
      if (!offline) {
        Optional<TeiInfo> model = new EmbedderCheck(settings.tei(), findings).run();
        new RerankerCheck(settings, findings).run();
        new StoreCheck(settings.mongo(), inspection.spaceSetup(), findings).run(model);
      }
    }
    return findings.wrong() == 0 ? 0 : Verbs.UNMET;
  }

  private static void keys(Settings settings, Findings findings) {
    Optional<Path> file = settings.http().keysFile();
    if (file.isEmpty()) {
      findings.fine("keys", "none: every program on this machine may do everything");
      return;
    }
    try {
      ApiKeys keys = ApiKeys.read(file.get());
      String tenant = settings.ingest().tenant();
      if (keys.knows(tenant)) {
        findings.fine("keys", file.get() + " is understood");
      } else {
        findings.wrong(
            "keys",
            "no key of " + file.get() + " is for inbox.tenant " + tenant + "; set INBOX_TENANT");
      }
    } catch (IllegalArgumentException wrong) {
      findings.wrong("keys", wrong.getMessage());
    }
  }

  private static void folder(String subject, Path folder, String variable, Findings findings) {
    Path there = folder.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there != null && Files.isDirectory(there) && Files.isWritable(there)) {
      findings.fine(subject, folder + (Files.exists(folder) ? "" : " (made at the start)"));
    } else {
      findings.wrong(
          subject, folder + " cannot be written to; let this user write there, or set " + variable);
    }
  }

  private static void routes(Inspection inspection, Findings findings) {
    try {
      int routes = inspection.loadRoutes();
      if (routes > 0) {
        findings.fine("routes", routes + " routes load");
      } else {
        findings.wrong("routes", "there are none; ROUTES_DIR names the folder with *.camel.yaml");
      }
    } catch (IllegalStateException wrong) {
      findings.wrong("routes", wrong.getMessage() + "\nSee routes/README.md for the rules");
    }
  }

  /** What a server that does not answer is told as. */
  static String away(IOException thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return "does not answer (" + why + ")";
  }
}
