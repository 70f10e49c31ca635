package org.hippocamel.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripted TEI as it ships, in a process of its own; its last words go to standard output. */
final class StubProcess implements AutoCloseable {
  private static final String READY = "Scripted TEI is ready: ";

  private final Process process;
  private final BufferedReader lines;
  private final String url;

  private StubProcess(Process process) throws IOException {
    this.process = process;
    this.lines = process.inputReader();
    String line = lines.readLine();
    if (line == null || !line.startsWith(READY)) {
      throw new IOException("the stub does not start: " + line);
    }
    this.url = line.substring(READY.length());
  }

  /**
   * @param folder made by {@link BundleProcess#install}
   * @param options of the verb, beyond a free port
   */
  static StubProcess start(Path folder, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", "target/hippocamel.jar", "stub", "--port", "0"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    return new StubProcess(builder.redirectErrorStream(true).start());
  }

  String url() {
    return url;
  }

  /** Ends it and shows what it counted. */
  @Override
  public void close() {
    process.toHandle().destroy(); // unlike Process.destroy it leaves the output readable
    try {
      lines.lines().forEach(System.out::println);
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
