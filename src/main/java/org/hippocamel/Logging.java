package org.hippocamel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.util.Iterator;
import org.hippocamel.config.LogSettings;
import org.slf4j.LoggerFactory;

/** Puts the settings of logs in force. */
final class Logging {
  private Logging() {}

  static void follow(LogSettings settings) {
    ((Logger) LoggerFactory.getLogger("org.hippocamel")).setLevel(Level.toLevel(settings.level()));
    if (settings.json()) {
      Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
        if (all.next() instanceof ConsoleAppender<ILoggingEvent> console) {
          console.stop();
          console.setEncoder(json(root));
          console.start();
        }
      }
    }
  }

  /** Time, level, logger, thread, message and what was thrown; nothing that only logback wants. */
  private static JsonEncoder json(Logger logger) {
    JsonEncoder json = new JsonEncoder();
    json.setContext(logger.getLoggerContext());
    json.setWithSequenceNumber(false);
    json.setWithNanoseconds(false);
    json.setWithContext(false);
    json.setWithMarkers(false);
    json.setWithMDC(false);
    json.setWithKVPList(false);
    json.setWithArguments(false);
    json.setWithMessage(false);
    json.setWithFormattedMessage(true);
    json.start();
    return json;
  }
}
