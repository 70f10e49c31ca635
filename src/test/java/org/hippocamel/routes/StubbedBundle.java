package org.hippocamel.routes;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;

/** The bundle between its embedded store and a scripted TEI; gives up quickly. */
final class StubbedBundle implements AutoCloseable {
  static final int DIMENSIONS = 384;

  private final StubTei tei;
  private final RunningBundle bundle;

  private StubbedBundle(StubTei tei, RunningBundle bundle) {
    this.tei = tei;
    this.bundle = bundle;
  }

  static StubbedBundle open() {
    return open(RunningBundle.newFolder(), Map.of());
  }

  /** Open, in a folder that may hold files already. */
  static StubbedBundle open(Path folder, Map<String, String> overrides) {
    StubTei tei = new StubTei();
    try {
      return new StubbedBundle(tei, opened(folder, settings(tei, overrides)));
    } catch (RuntimeException e) {
      tei.close();
      throw e;
    }
  }

  /** Settings for this TEI; callers give up soon. */
  static Map<String, String> settings(StubTei tei, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    settings.put("tei.url", tei.url());
    settings.put("embed.query-deadline-millis", "2000");
    settings.put("embed.ingest-deadline-millis", "6000");
    settings.put("tei.probe-millis", "50");
    settings.put("tei.retry-delay-millis", "5");
    settings.putAll(overrides);
    return settings;
  }

  private static RunningBundle opened(Path folder, Map<String, String> settings) {
    RunningBundle bundle = RunningBundle.start(folder, settings);
    try {
      bundle.bundle().open();
      return bundle;
    } catch (InterruptedException e) {
      bundle.close();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  StubTei tei() {
    return tei;
  }

  RunningBundle bundle() {
    return bundle;
  }

  /** A TEI without failures that has not been called yet. */
  void fresh() {
    tei.heal();
    tei.forgetCalls();
  }

  /** The texts TEI was asked to embed since {@link #fresh}, in order. */
  List<String> embedded() {
    return tei.calls().stream().flatMap(call -> call.texts().stream()).toList();
  }

  @Override
  public void close() {
    bundle.close();
    tei.close();
  }
}
