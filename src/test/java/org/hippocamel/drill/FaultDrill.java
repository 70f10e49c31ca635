package org.hippocamel.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.hippocamel.routes.Crowd;

/**
 * Callers who keep coming while the embedder refuses for ten seconds, and while it is gone for
 * thirty: how many asked, how many were answered with their own vector, and how long the last one
 * waited after the embedder was back.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.FaultDrill [callers=64]}. The
 * settings are those that ship.
 */
public final class FaultDrill {
  private FaultDrill() {}

  public static void main(String[] args) throws Exception {
    int callers = new Arguments(args).number("callers", 64);
    try (StubTei tei = new StubTei(StubTei.Options.defaults().withServiceMillis(5));
        RunningBundle bundle = RunningBundle.open(Map.of("tei.url", tei.url()))) {
      fault(tei, bundle, callers, "0s..10s overloaded", 10);
      fault(tei, bundle, callers, "0s..30s away", 30);
    }
  }

  private static void fault(
      StubTei tei, RunningBundle bundle, int callers, String line, int seconds)
      throws InterruptedException {
    tei.forgetCalls();
    tei.play(line);
    long start = System.nanoTime();
    List<Crowd> crowds = new ArrayList<>();
    // A crowd every second, so that callers come before, while and after it is over; at most as
    // many as the server has places for.
    int waves = Math.min(seconds + 2, 960 / callers);
    for (int wave = 0; wave < waves; wave++) {
      crowds.add(Crowd.ask(bundle, line + " " + wave, callers));
      TimeUnit.SECONDS.sleep(1);
    }
    int asked = 0;
    int right = 0;
    int wrong = 0;
    int refused = 0;
    String refusal = "";
    for (Crowd crowd : crowds) {
      Crowd.Outcome outcome = crowd.outcome();
      asked += outcome.asked();
      right += outcome.right();
      wrong += outcome.wrong();
      refused += outcome.refused();
      refusal = outcome.refusal().isEmpty() ? refusal : outcome.refusal();
    }
    double after = (System.nanoTime() - start) / 1e9 - seconds;
    System.out.printf(
        "%s: asked %d, right %d, wrong %d, refused %d; the last was answered %.1f s after its end;"
            + " %d calls, %d answered 429%s%n",
        line,
        asked,
        right,
        wrong,
        refused,
        after,
        tei.counts().calls(),
        tei.counts().overloaded(),
        refusal.isEmpty() ? "" : "; " + refusal);
    tei.heal();
  }
}
