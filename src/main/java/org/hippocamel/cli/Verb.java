package org.hippocamel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
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
  static final ObjectMapper JSON = new ObjectMapper();

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
   * What an argument means that is JSON.
   *
   * @throws ParameterException naming the option where it is none
   */
  final JsonNode json(String option, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw wrong(option + " is no JSON: " + e.getOriginalMessage());
    }
  }

  /** What was given goes into the request, what was not is left to the server. */
  static void put(ObjectNode request, String field, String value) {
    if (value != null) {
      request.put(field, value);
    }
  }

  /** The same for what may be given repeatedly. */
  static void putAll(ObjectNode request, String field, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(request.putArray(field)::add);
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
