package org.hippocamel.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.hippocamel.problem.Problem;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * What stands behind the jar's name. A new verb is a class that extends {@link Verb}, listed here.
 */
@Command(
    name = "java -jar target/hippocamel.jar",
    header = "A memory for fleets of AI agents.",
    description = "Without a verb: starts the bundle. Settings come from the environment and -D.",
    subcommands = {
      StatusVerb.class,
      SearchVerb.class,
      IngestVerb.class,
      CasesVerb.class,
      JobsVerb.class,
      ValidateVerb.class,
      BenchVerb.class,
      EvalVerb.class,
      ReembedVerb.class,
      StubVerb.class,
      CompletionVerb.class
    },
    synopsisSubcommandLabel = "[VERB]",
    commandListHeading = "%nVerbs:%n",
    optionListHeading = "%nOptions:%n",
    descriptionHeading = "%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:done, but the outcome is not what was asked for",
      "2:wrong arguments or settings",
      "3:refused or impossible; standard error says why"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Verbs.Version.class,
    scope = ScopeType.INHERIT)
public final class Verbs {
  static final int UNMET = 1;
  static final int WRONG = 2;
  static final int REFUSED = 3;

  private Verbs() {}

  /**
   * Runs the verb that the arguments name.
   *
   * @return the exit code
   */
  public static int run(String... arguments) {
    Logs.toStandardError();
    return commandLine().setOut(utf8(System.out)).setErr(utf8(System.err)).execute(arguments);
  }

  /** Texts are anybody's, and JSON is UTF-8, whatever this machine's language is set to. */
  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  static CommandLine commandLine() {
    CommandLine all = new CommandLine(new Verbs());
    return all.setCommandName(System.getProperty("hippocamel.command", all.getCommandName()))
        .setExitCodeExceptionMapper(thrown -> REFUSED)
        .setExecutionExceptionHandler(
            (thrown, line, parsed) -> complain(line, said(thrown), REFUSED))
        .setParameterExceptionHandler((thrown, given) -> wrong(thrown));
  }

  private static int wrong(ParameterException thrown) {
    CommandLine line = thrown.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    CommandLine.UnmatchedArgumentException.printSuggestions(thrown, line.getErr());
    return complain(line, thrown.getMessage() + "; see " + name + " --help", WRONG);
  }

  /** What is expected to happen has a message of its own; anything else shows where it is from. */
  private static String said(Exception thrown) {
    if (thrown instanceof Problem
        || thrown instanceof IllegalStateException
        || thrown instanceof IOException
        || thrown instanceof UncheckedIOException) {
      return thrown.getMessage();
    }
    LoggerFactory.getLogger(Verbs.class).error("Unexpected error", thrown);
    return thrown.toString();
  }

  private static int complain(CommandLine line, String message, int code) {
    PrintWriter err = line.getErr();
    err.println(line.getCommandName() + ": " + message);
    err.flush();
    return code;
  }

  /** That of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Verbs.class.getPackage().getImplementationVersion();
      return new String[] {"Hippocamel " + (version == null ? "not packaged" : version)};
    }
  }
}
