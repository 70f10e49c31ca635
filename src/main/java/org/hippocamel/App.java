package org.hippocamel;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.hippocamel.cli.Verbs;
import org.hippocamel.config.LogSettings;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;
import org.hippocamel.problem.Problem;
import org.slf4j.LoggerFactory;

/**
 * The command line: starts the bundle, says where it is, and ends it on SIGTERM; with arguments
 * runs the verb they name.
 */
public final class App {
  private static final int WRONG_SETTINGS = 2;
  private static final int REFUSED = 3;

  private App() {}

  public static void main(String[] args) throws InterruptedException {
    // Verbs brings picocli along: a plain start does not load it.
    System.exit(args.length == 0 ? run() : Verbs.run(args));
  }

  private static int run() throws InterruptedException {
    try {
      PropertyFile file = PropertyFile.load(Map.of());
      LogSettings log = Settings.read(file.resolved()).log();
      Logging.follow(log);
      Bundle bundle = Bundle.start(file);
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    bundle.close();
                    ended.countDown();
                  },
                  "hippocamel-stop"));
      bundle.open();
      ready(bundle, log);
      ended.await();
      return 0;
    } catch (IllegalArgumentException e) {
      return complain(WRONG_SETTINGS, e.getMessage());
    } catch (Problem | IllegalStateException e) {
      return complain(REFUSED, e.getMessage());
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(App.class).error("Unexpected error at start", e);
      return complain(REFUSED, e.toString());
    }
  }

  private static int complain(int code, String message) {
    System.err.println("Hippocamel does not start. " + message);
    return code;
  }

  private static void ready(Bundle bundle, LogSettings log) {
    String line =
        "Hippocamel is ready: " + bundle.url() + " (management " + bundle.managementUrl() + ")";
    if (log.json()) {
      LoggerFactory.getLogger(App.class).info(line);
    } else {
      System.out.println(line);
    }
  }
}
