package org.hippocamel.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the packaged program. What it prints goes to {@code output.log} in its folder. */
final class BundleProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Hippocamel is ready: (http://\\S+)");
  private static final Pattern MANAGEMENT = Pattern.compile("\\(management (http://[^)]+)\\)");
  private static final Pattern STORE = Pattern.compile("mongo\\.uri = (mongodb://\\S+)");
  private static final Pattern EMBEDDER = Pattern.compile("tei\\.url = (http://\\S+)");

  private final Process process;
  private final Path log;
  private final long startedNanos = System.nanoTime();
  private final CompletableFuture<String> rest = new CompletableFuture<>();
  private final CompletableFuture<String> management = new CompletableFuture<>();
  private final CompletableFuture<String> store = new CompletableFuture<>();
  private final CompletableFuture<String> embedder = new CompletableFuture<>();
  private volatile Duration startTime;

  private BundleProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    Thread reader = new Thread(this::read, "bundle-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * @param folder made by {@link #install}; data and inbox lie below it
   * @param environment settings beyond free ports
   */
  static BundleProcess start(Path folder, Map<String, String> environment, String... javaOptions)
      throws IOException {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(java.util.List.of(javaOptions));
    command.addAll(java.util.List.of("-jar", "target/hippocamel.jar"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HTTP_PORT", "0");
    builder.environment().put("MANAGEMENT_PORT", "0");
    builder.environment().putAll(environment);
    return new BundleProcess(builder.start(), folder.resolve("output.log"));
  }

  /**
   * Copies the built program into a folder of its own, because a jar that is rebuilt under a
   * running process kills it.
   */
  static void install(Path folder) throws IOException {
    for (String part : new String[] {"target/hippocamel.jar", "target/lib", "routes", "api"}) {
      Path from = Path.of(part);
      if (!Files.exists(from)) {
        throw new IOException(part + " is missing: run mvn -q -DskipTests package first");
      }
      try (var paths = Files.walk(from)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          Path to = folder.resolve(path.toString());
          Files.createDirectories(to.getParent());
          Files.copy(path, to);
        }
      }
    }
    Files.createDirectories(folder.resolve("inbox"));
  }

  private void read() {
    try (BufferedReader lines = process.inputReader();
        var out =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write(line);
        out.newLine();
        out.flush();
        if (line.contains("Hippocamel is ready")) {
          startTime = Duration.ofNanos(System.nanoTime() - startedNanos);
        }
        address(STORE, line, store);
        address(EMBEDDER, line, embedder);
        address(MANAGEMENT, line, management);
        address(READY, line, rest);
      }
    } catch (IOException e) {
      rest.completeExceptionally(new UncheckedIOException(e));
    }
    rest.completeExceptionally(new IllegalStateException("ended before it was ready, see " + log));
    store.completeExceptionally(new IllegalStateException("named no store address, see " + log));
    embedder.completeExceptionally(
        new IllegalStateException("named no embedder address, see " + log));
  }

  private static void address(Pattern pattern, String line, CompletableFuture<String> found) {
    Matcher matcher = pattern.matcher(line);
    if (matcher.find()) {
      found.complete(matcher.group(1));
    }
  }

  /** Base URL of the REST server; waits until the program says that it is ready. */
  String rest() {
    return await(rest, Duration.ofSeconds(120));
  }

  /** Base URL of health and metrics; waits as {@link #rest} does. */
  String management() {
    rest();
    return await(management, Duration.ofSeconds(1));
  }

  /** Connection string of the embedded store. */
  String store() {
    return await(store, Duration.ofSeconds(120));
  }

  /** Base URL of the embedded TEI. */
  String embedder() {
    return await(embedder, Duration.ofSeconds(120));
  }

  /** From the start of the process to its ready line; null before that. */
  Duration startTime() {
    return startTime;
  }

  /** Waits for the ready line at most this long. */
  boolean readyWithin(Duration wait) {
    try {
      rest.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets it run for a while; true when it ended by itself meanwhile. */
  boolean endedWithin(Duration wait) throws InterruptedException {
    return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Resident memory in MB where the system tells it, else -1; mapped files count. */
  long residentMegabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  /** Resident memory in MB without mapped files, which the system may drop at any time. */
  long anonymousMegabytes() throws IOException {
    return megabytes("RssAnon:");
  }

  /** Processor time used so far, seconds. */
  double processorSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
  }

  private long megabytes(String field) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  /** kill -9: nothing gets a chance to finish. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Asks it to end and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String await(CompletableFuture<String> future, Duration wait) {
    try {
      return future.get(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
