package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.hippocamel.bench.StubTei;

/**
 * OpenAI's client for Node, unchanged, against the packaged program and a scripted TEI: vectors as
 * base64 (its default) and as numbers, shorter ones, the list of models, and the error class of
 * each refusal. It needs {@code npm} with a registry and {@code node}, so it is run by hand.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.NpmClientDrill [version=6.49.0]}.
 * Version 7 wants Node 22. Ends with 1 when something is not as it should be.
 */
public final class NpmClientDrill {
  private static final String KEY = "sk-the-key-of-acme";
  private static final int DIMENSIONS = 384;
  private static final int BATCH = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Prints one JSON object: what each call came to. Texts that fail are known to the stub. */
  private static final String SCRIPT =
      """
      import OpenAI from 'openai';
      const [url, key] = process.argv.slice(-2);
      const at = (baseURL, apiKey) => new OpenAI({ baseURL, apiKey, maxRetries: 1 });
      const client = at(url + '/v1', key);
      const model = 'text-embedding-3-small';
      const embed = (input, more) => client.embeddings.create({ model, input, ...more });
      const failed = async (call) => {
        try {
          await call;
          return { kind: 'none' };
        } catch (e) {
          return { kind: e.constructor.name, status: e.status, param: e.param, message: e.message };
        }
      };
      const batch = Array.from({ length: %d }, (_, i) => 'text ' + i);
      const one = await embed('two words');
      const list = [];
      for await (const known of client.models.list()) list.push(known.id);
      console.log(JSON.stringify({
        one: one.data[0].embedding, model: one.model, tokens: one.usage.total_tokens,
        base64: (await embed(batch)).data.map((item) => item.embedding),
        float: (await embed(batch, { encoding_format: 'float' })).data.map((item) => item.embedding),
        cut: (await embed('cut', { dimensions: 64 })).data[0].embedding.length,
        list,
        tokenIds: await failed(embed([101, 7592, 102])),
        empty: await failed(embed(['a', ''])),
        poison: await failed(embed(['a', 'poison', 'b'])),
        long: await failed(embed('cut', { dimensions: 1536 })),
        stranger: await failed(at(url + '/v1', 'sk-wrong').embeddings.create({ model, input: 'a' })),
        elsewhere: await failed(client.chat.completions.create({ model, messages: [] })),
        noPrefix: await failed(at(url, key).embeddings.create({ model, input: 'a' })),
        busy: await failed(embed('busy')),
        dropped: await failed(embed('dropped')),
        nobody: await failed(at('http://127.0.0.1:1/v1', key).embeddings.create({ model, input: 'a' })),
      }));
      """
          .formatted(BATCH);

  private final List<String> faults = new ArrayList<>();
  private final String version;
  private final Path folder;

  private NpmClientDrill(String version) throws IOException {
    this.version = version;
    this.folder = Files.createTempDirectory("npm-client");
  }

  public static void main(String[] args) throws Exception {
    System.exit(new NpmClientDrill(new Arguments(args).text("version", "6.49.0")).run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    Path client = Files.createDirectory(folder.resolve("client"));
    run(client, "npm", "install", "--silent", "--no-audit", "--no-fund", "openai@" + version);
    System.out.printf("openai %s, node %s%n", version, run(client, "node", "--version").strip());
    Path keys = Files.writeString(folder.resolve("keys"), sha256(KEY) + " acme reader\n");
    BundleProcess.install(folder);
    try (StubTei tei = new StubTei();
        BundleProcess bundle =
            BundleProcess.start(
                folder,
                Map.of(
                    "TEI_URL", tei.url(), "API_KEYS_FILE", keys.toString(), "INBOX_TENANT", "acme"),
                "-Dlimits.min-dimensions=64",
                "-Dembed.query-deadline-millis=1000",
                "-Dtei.retry-delay-millis=5")) {
      tei.fail("poison"::equals, 422, "{\"message\":\"no such text\",\"code\":422}");
      tei.fail("busy"::equals, 429, "{\"message\":\"Model is overloaded\",\"code\":429}");
      tei.fail("dropped"::equals, 0, "");
      String url = bundle.rest();
      judge(
          JSON.readTree(run(client, "node", "--input-type=module", "-e", SCRIPT, "--", url, KEY)));
    }
    faults.forEach(fault -> System.out.println("FAULT " + fault));
    System.out.println(faults.isEmpty() ? "all as it should be" : "FAILED");
    return faults.isEmpty();
  }

  private void judge(JsonNode seen) {
    vectors("one text, default encoding", List.of("two words"), List.of(seen.get("one")));
    List<String> batch = IntStream.range(0, BATCH).mapToObj(i -> "text " + i).toList();
    vectors("batch of 100, default encoding", batch, List.copyOf(items(seen.get("base64"))));
    vectors("batch of 100, float", batch, List.copyOf(items(seen.get("float"))));
    check("dimensions 64", "64", seen.get("cut").asText());
    check("model of the reply", "BAAI/bge-small-en-v1.5", seen.get("model").asText());
    check("tokens", "4", seen.get("tokens").asText());
    check("models.list", "[\"BAAI/bge-small-en-v1.5\"]", seen.get("list").toString());
    refused("tokenIds", "BadRequestError", "/input", "send the texts themselves", seen);
    refused("empty", "BadRequestError", "/input/1", "must not be empty", seen);
    refused("poison", "BadRequestError", "/input/1", "the text at index 1", seen);
    refused("long", "BadRequestError", "/dimensions", "served model gives", seen);
    refused("stranger", "AuthenticationError", null, "not a known one", seen);
    refused("elsewhere", "NotFoundError", null, "nothing at /v1/chat/completions", seen);
    refused("noPrefix", "NotFoundError", null, "base URL", seen);
    refused("busy", "RateLimitError", null, "Model is overloaded", seen);
    refused("dropped", "InternalServerError", null, "tei.url does not answer", seen);
    refused("nobody", "APIConnectionError", null, "Connection error", seen);
  }

  private static List<JsonNode> items(JsonNode list) {
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    return items;
  }

  /** Every vector is that of its text, to the last bit. */
  private void vectors(String what, List<String> texts, List<JsonNode> vectors) {
    long right =
        IntStream.range(0, Math.min(texts.size(), vectors.size()))
            .filter(i -> same(StubTei.vector(texts.get(i), DIMENSIONS), vectors.get(i)))
            .count();
    check(what, texts.size() + " right", right + " right");
  }

  private static boolean same(float[] vector, JsonNode values) {
    return values.size() == vector.length
        && IntStream.range(0, vector.length)
            .allMatch(i -> (float) values.get(i).doubleValue() == vector[i]);
  }

  private void refused(String what, String kind, String param, String words, JsonNode all) {
    JsonNode seen = all.get(what);
    check(what, kind + " " + param, seen.path("kind").asText() + " " + text(seen.path("param")));
    if (!seen.path("message").asText().contains(words)) {
      faults.add(what + ": \"" + words + "\" is not in: " + seen.path("message").asText());
    }
    System.out.println("    " + seen.path("message").asText());
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : null;
  }

  private void check(String what, String wanted, String found) {
    System.out.printf("%-32s %s%n", what, found);
    if (!wanted.equals(found)) {
      faults.add(what + ": wanted " + wanted + ", found " + found);
    }
  }

  /** What the program prints; it must end well within five minutes. */
  private String run(Path where, String... command) throws IOException, InterruptedException {
    Path printed = Files.createTempFile(folder, "printed", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command[0] + " did not end well");
    }
    return Files.readString(printed);
  }

  private static String sha256(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}
