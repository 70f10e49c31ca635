package org.hippocamel.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Teaches a shell the verbs and their options. */
@Command(
    name = "completion",
    header = "Print a script that completes verbs and options in bash and zsh.",
    description = "For the command hippocamel, which is bin/hippocamel of the project.",
    footer = {"%nExample:", "  export PATH=$PATH:$PWD/bin; source <(hippocamel completion)"})
final class CompletionVerb extends Verb {
  @Override
  public Integer call() {
    out().print(AutoComplete.bash("hippocamel", Verbs.commandLine()));
    out().flush();
    return 0;
  }
}
