package org.hippocamel.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Something else to do than to start the bundle. Its result goes to standard output, everything
 * else to standard error.
 */
abstract class Verb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /**
   * Does it.
   *
   * @return the exit code
   */
  @Override
  public abstract Integer call() throws Exception;

  /** Standard output. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Whether somebody looks on while it works. */
  static boolean terminal() {
    return System.console() != null;
  }

  /** An argument that cannot be: exit code 2. */
  final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * What an argument or a setting stands for.
   *
   * @throws ParameterException with its message where it cannot be
   */
  final <T> T asked(Supplier<T> given) {
    try {
      return given.get();
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  /**
   * @throws ParameterException naming the option, its value and its bounds
   */
  final int within(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw wrong(option + " " + value + " is not within " + min + " and " + max);
    }
    return value;
  }
}
