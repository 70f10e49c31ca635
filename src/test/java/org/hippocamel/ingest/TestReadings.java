package org.hippocamel.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.hippocamel.config.Limits;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.EmbedSettings;
import org.hippocamel.memory.MetadataSchema;

/** Sources in memory on their way into the store. */
final class TestReadings {
  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private TestReadings() {}

  static Ingesting ingesting(Path inbox) {
    MetadataSchema schema =
        MetadataSchema.of(
            List.of("topic:string", "year:number", "done:boolean"), Limits.defaults());
    return new Ingesting(
        new Settings.Ingest(inbox, "default", 300, 30, 32, 4),
        Limits.defaults(),
        EmbedSettings.limits()::get,
        schema,
        CLOCK);
  }

  static Incoming incoming(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Incoming.awaited(
        "acme",
        name,
        null,
        DocumentFormat.ofName(name),
        () -> new ByteArrayInputStream(bytes),
        Map.of(),
        null);
  }

  static Reading reading(String name, String content) {
    try {
      return ingesting(Path.of("inbox")).open(incoming(name, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
