package org.hippocamel.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/** Where logs go while a verb runs. */
final class Logs {
  private Logs() {}

  /** Warnings only, and to standard error: standard output is the verb's. */
  static void toStandardError() {
    ((Logger) LoggerFactory.getLogger("org.hippocamel")).setLevel(Level.WARN);
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    for (Iterator<? extends Appender<?>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      if (all.next() instanceof ConsoleAppender<?> console) {
        console.stop();
        console.setTarget("System.err");
        console.start();
      }
    }
  }
}
