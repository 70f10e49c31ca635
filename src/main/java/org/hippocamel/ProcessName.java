package org.hippocamel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.hippocamel.config.Settings;

/**
 * What this process is called on the jobs that it works on. The same when it is started again, and
 * no other process has it meanwhile: so what bears the name at start was left by a dead one.
 */
final class ProcessName {
  private ProcessName() {}

  /**
   * @param ownStore whether the store runs in this process: nobody else can have its directory.
   *     Otherwise nobody else can have its port on this machine
   */
  static String of(Settings.Http http, boolean ownStore) {
    return ownStore ? Settings.EMBEDDED : machine(http) + ":" + http.port();
  }

  private static String machine(Settings.Http http) {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return http.host();
    }
  }
}
