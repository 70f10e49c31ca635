package org.hippocamel.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the case bank down. */
@Command(
    name = "export",
    header = "Write the whole case bank down, one case a line.",
    description = {
      "Needs a key of role admin where there are keys. jsonl has everything but vectors, so that"
          + " cases import makes the same bank of it, with any model; memento and"
          + " memento-labelled have the cases of which somebody said how they went."
    },
    footer = {"%nExample:", "  cases export --output bank.jsonl"})
final class CaseExportVerb extends Verb {
  @Mixin private Server server;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "jsonl",
      description = "jsonl, memento or memento-labelled (default: ${DEFAULT-VALUE})")
  private String format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "write there, not to standard output; complete or not at all")
  private Path output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RestClient rest = asked(server::rest);
    Optional<String> first = Optional.of("/v1/cases/export/" + RestClient.segment(format));
    long cases;
    if (output == null) {
      cases = pages(rest, first, lines -> out().print(new String(lines, StandardCharsets.UTF_8)));
      out().flush();
    } else {
      cases = file(rest, first);
    }
    err().println(cases + (cases == 1 ? " case" : " cases"));
    err().flush();
    return 0;
  }

  private long file(RestClient rest, Optional<String> first)
      throws IOException, InterruptedException {
    Path folder = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw wrong("--output " + output + " is in a folder that is not there");
    }
    Path part = Files.createTempFile(folder, output.getFileName() + ".", ".part");
    try {
      long cases;
      try (OutputStream file = Files.newOutputStream(part)) {
        cases = pages(rest, first, file::write);
      }
      Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
      return cases;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private interface Lines {
    void take(byte[] lines) throws IOException;
  }

  /** All pages; returns how many lines they have. */
  private static long pages(RestClient rest, Optional<String> first, Lines lines)
      throws IOException, InterruptedException {
    long count = 0;
    Optional<String> next = first;
    while (next.isPresent()) {
      RestClient.Page page = rest.page(next.get());
      lines.take(page.lines());
      for (byte one : page.lines()) {
        count += one == '\n' ? 1 : 0;
      }
      next = page.next();
    }
    return count;
  }
}
