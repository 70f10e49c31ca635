package org.hippocamel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class VerbsTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Verbs.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void help_namesEveryVerbAndExitCode() {
    assertEquals(0, run("--help"));
    for (String part :
        new String[] {
          "status ",
          "search ",
          "ingest ",
          "cases ",
          "jobs ",
          "validate ",
          "bench ",
          "eval ",
          "stub ",
          "completion ",
          "Without a verb",
          "Exit codes:",
          "2 "
        }) {
      assertTrue(out.toString().contains(part), out.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("everyVerb")
  void help_ofAVerbExplainsItsOptionsAndExitCodes(String verb) {
    String[] words = (verb + " --help").split(" ");
    assertEquals(0, run(words));
    String help = out.toString();
    CommandLine line = Verbs.commandLine();
    for (String word : verb.split(" ")) {
      line = line.getSubcommands().get(word);
    }
    line.getCommandSpec()
        .options()
        .forEach(
            option -> {
              assertTrue(help.contains(option.longestName()), help);
              assertTrue(option.description().length > 0, option.longestName());
            });
    assertTrue(help.contains("Exit codes:"), help);
    assertEquals("", err.toString());
  }

  /** Those below other verbs, too: {@code jobs show}. */
  static Stream<String> everyVerb() {
    return below("", Verbs.commandLine());
  }

  private static Stream<String> below(String before, CommandLine line) {
    return line.getSubcommands().entrySet().stream()
        .flatMap(
            verb ->
                Stream.concat(
                    Stream.of(before + verb.getKey()),
                    below(before + verb.getKey() + " ", verb.getValue())));
  }

  @Test
  void completion_isAScriptThatKnowsTheVerbs() {
    assertEquals(0, run("completion"));
    assertTrue(out.toString().contains("hippocamel"), out.toString());
    for (String part : new String[] {"--management-url", "--follow", "--supersedes", "uplift"}) {
      assertTrue(out.toString().contains(part), part + " is not in " + out);
    }
  }

  @Test
  void progress_isDrawnOnATerminalOnly() {
    Progress bar = new Progress(new PrintWriter(err), 4, true);
    bar.at(2, "half.md");
    bar.clear();
    assertEquals(
        "\r\u001b[K[" + "#".repeat(15) + ".".repeat(15) + "] 2/4 half.md\r\u001b[K", err + "");
    Progress silent = new Progress(new PrintWriter(out), 4, false);
    silent.at(2, "half.md");
    silent.clear();
    assertEquals("", out.toString());
  }

  @Test
  void version_isSaid() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().startsWith("Hippocamel "), out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          nonsense                        | 'nonsense'; see java -jar target/hippocamel.jar --help
          bench --wurds 3                 | Unknown option
          bench --words many              | 'many' is not an int
          bench --words 0                 | --words 0 is not within 1 and 5000
          bench --clients 1,0             | --clients 0 is not within 1 and 1000
          bench --format hex              | --format hex is neither base64 nor float
          bench --url localhost:8080      | --url "localhost:8080" is no http(s) address
          eval                            | Missing required option: '--dataset=DIR'
          eval --dataset no-such          | corpus.jsonl.gz is there
          eval --dataset x --mode a=b     | "a=b" is not a mode
          eval --dataset x --depth 0      | --depth 0 is not within 1 and 1000
          eval --dataset x --store        | are for a server at --url, which is missing
          eval --dataset x --html no/such | --html no/such is in a folder that is not there
          bench --json no-such/folder/f   | --json no-such/folder/f is in a folder that is not there
          bench --api-key k               | --api-key and --model are for a server at --url
          search                          | Missing required parameter: 'QUESTION'
          search --filter {a q            | --filter is no JSON
          search --url host:80 q          | --url "host:80" is no http(s) address
          ingest                          | Missing required parameter: 'PATH'
          ingest no-such-file.md          | no-such-file.md is not there
          cases                           | Missing verb: search, show, add
          cases search                    | Missing required parameter: 'PROBLEM'
          cases search --filter {a q      | --filter is no JSON
          cases add --metadata {a         | --metadata is no JSON
          cases outcome 7                 | Missing required parameter: 'STATUS'
          cases feedback run good         | 'good' is not a double
          cases import no-such-file       | no-such-file is not there
          cases export --output no/such   | --output no/such is in a folder that is not there
          jobs --limit 0                  | --limit 0 is not within 1 and 1000
          jobs show                       | Missing required parameter: 'ID'
          jobs stop 7                     | Unmatched argument
          status --management-url m       | --management-url "m" is no http(s) address
          stub --port 70000               | --port 70000 is not within 0 and 65535
          stub --dialect 2.0              | --dialect 2.0 is neither 1.8 nor 1.9
          stub --script no-such-file      | --script no-such-file is not there
          stub --fault "sometimes reset"  | found sometimes, expected an effect
          """)
  void wrongArguments_endWithTwo(String arguments, String message) {
    String[] split =
        Arrays.stream(arguments.split(" (?=([^\"]*\"[^\"]*\")*[^\"]*$)"))
            .map(argument -> argument.replaceAll("^\"|\"$", ""))
            .toArray(String[]::new);
    assertEquals(2, run(split));
    assertTrue(err.toString().contains(message), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void bench_thatCannotMeasureEndsWithThree() {
    StubTei stub = new StubTei();
    stub.close();
    assertEquals(3, run("bench", "--url", stub.url()));
    assertTrue(err.toString().contains("server at " + stub.url()), err.toString());
    assertFalse(err.toString().contains("\tat "), err.toString());
  }

  /** A run of one second a row. */
  private int bench(StubTei stub, String... more) {
    List<String> all = new ArrayList<>(List.of("bench", "--url", stub.url()));
    all.addAll(List.of("--seconds", "1", "--warm-up", "0"));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void bench_printsATableAndWritesJson() throws Exception {
    Path json = folder.resolve("figures.json");
    try (StubTei stub = new StubTei(StubTei.Options.defaults().withApiKey("secret"))) {
      assertEquals(
          0, bench(stub, "--clients=1,4", "--batch=10", "--json=" + json, "--api-key", "secret"));
      assertTrue(stub.counts().answered() > 0);
    }
    assertTrue(out.toString().contains("4 clients, 1 text each"), out.toString());
    assertTrue(out.toString().contains("over 2,000 texts/s"), out.toString());
    JsonNode figures = new ObjectMapper().readTree(Files.readString(json));
    assertEquals(3, figures.get("rows").size());
    assertEquals(3, figures.get("targets").size());
  }

  @Test
  void bench_withCheckEndsWithOneWhenARequestFails() {
    try (StubTei stub = new StubTei()) {
      stub.play("calls 2 overloaded");
      assertEquals(1, bench(stub, "--clients=1", "--batch=1", "--check"));
      assertTrue(out.toString().contains("1 times 429"), out.toString());
      stub.play("calls 2 overloaded");
      assertEquals(0, bench(stub, "--clients=1", "--batch=1"), "shown, but not judged");
    }
  }

  @Test
  void bench_thatIsNeverAnsweredEndsWithThree() {
    try (StubTei stub = new StubTei()) {
      stub.play("calls 2.. invalid");
      assertEquals(3, bench(stub, "--clients=1", "--batch=1"));
      assertTrue(out.toString().contains("422"), out.toString());
      assertTrue(err.toString().contains("no request was answered"), err.toString());
    }
  }
}
