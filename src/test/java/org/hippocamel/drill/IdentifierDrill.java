package org.hippocamel.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Memories about code in which only a name differs, and questions that name one of them: alone, or
 * in a sentence. How often the first result is the one that was named, by mode.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.IdentifierDrill [each=24]
 * [prose=1000] [weight=...] [url=http://...]}. Without {@code url} the packaged program is started
 * in a folder of its own.
 */
public final class IdentifierDrill {
  private static final List<String> MODES = List.of("vector", "lexical", "hybrid");
  private static final List<String> VERBS =
      List.of(
          "pay", "pays", "refund", "refunds", "cancel", "load", "loads", "send", "find", "close",
          "open", "merge", "split", "lock", "unlock", "start", "stop", "list", "lists", "drop",
          "fetch", "store", "parse", "print", "retry", "flush", "align", "prune", "score", "rank");
  private static final List<String> SENTENCES =
      List.of(
          "%s failed again after the deployment and was started by hand.",
          "The customer saw %s in the log and called support.",
          "Whoever changes %s has to tell the billing team first.",
          "A timeout of ten seconds was not enough for %s.",
          "We traced the outage of last night to %s.",
          "%s is documented on the third page of the runbook.");
  private static final List<String> QUESTIONS =
      List.of(
          "why does %s fail after a deployment?",
          "what do we know about %s", "who has to be told about %s?");

  private final RestClient rest;
  private final Map<String, Object> fields;
  private final Random random = new Random(20_261_128);

  private IdentifierDrill(RestClient rest, Map<String, Object> fields) {
    this.rest = rest;
    this.fields = fields;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    Map<String, Object> fields = new HashMap<>();
    if (!given.text("weight", "").isEmpty()) {
      fields.put("lexical_weight", Double.valueOf(given.text("weight", "")));
    }
    RestClient.run(
        given, "identifier-drill", Map.of(), rest -> new IdentifierDrill(rest, fields).run(given));
  }

  private void run(Arguments given) throws Exception {
    Map<String, List<String>> families = families(given.number("each", 24));
    List<String> lines = new ArrayList<>();
    families.forEach(
        (family, names) ->
            names.forEach(
                name -> lines.add(line(family + ":" + names.indexOf(name), about(name)))));
    Prose prose = new Prose(3);
    for (int i = 0; i < given.number("prose", 1_000); i++) {
      lines.add(line("prose:" + i, prose.words(12)));
    }
    rest.store(lines, 100);
    System.out.printf("stored %d memories%n", lines.size());
    System.out.printf("%-10s %-10s", "names", "asked");
    MODES.forEach(mode -> System.out.printf(" %8s", mode));
    System.out.println("   share of first results that name it");
    families.forEach(
        (family, names) -> {
          ask(family, names, "alone", List.of("%s"));
          ask(family, names, "sentence", QUESTIONS);
        });
  }

  private Map<String, Object> body(String question, String mode) {
    Map<String, Object> body = new HashMap<>(fields);
    body.putAll(Map.of("query", question, "mode", mode, "limit", 1));
    return body;
  }

  private String about(String name) {
    return SENTENCES.get(random.nextInt(SENTENCES.size())).formatted(name);
  }

  private static String line(String id, String text) {
    return RestClient.json(Map.of("agent_id", "drill", "id", id, "text", text));
  }

  /** Names that differ in little. */
  private static Map<String, List<String>> families(int each) {
    Map<String, List<String>> families = new TreeMap<>();
    for (int i = 0; i < each; i++) {
      String verb = VERBS.get(i % VERBS.size());
      add(families, "code", "ERR_%03d", 30 + i);
      add(families, "ticket", "SHOP-%d", 4200 + i);
      add(families, "version", "v%d.%d.%d", 1 + i / 9, i / 3 % 3, i % 3);
      add(families, "method", "OrderService.%s", verb);
      add(
          families,
          "class",
          "com.acme.orders.Order%s",
          verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1));
      add(families, "member", "com.acme.Order#%s", verb);
      add(families, "path", "/etc/shop/%s.conf", verb);
      add(families, "folder", "/srv/%s/app.conf", verb);
      add(families, "snake", "max_%s_retries", verb);
      add(families, "flag", "--max-%s-time", verb);
      add(families, "camel", "%sOrder", verb);
      add(families, "number", "%d", 48_210 + i);
    }
    return families;
  }

  private static void add(
      Map<String, List<String>> families, String family, String form, Object... values) {
    families.computeIfAbsent(family, name -> new ArrayList<>()).add(form.formatted(values));
  }

  private void ask(String family, List<String> names, String how, List<String> questions) {
    System.out.printf("%-10s %-10s", family, how);
    for (String mode : MODES) {
      int first = 0;
      for (int i = 0; i < names.size(); i++) {
        String question = questions.get(i % questions.size()).formatted(names.get(i));
        String best = rest.search(body(question, mode)).at("/results/0/id").asText();
        first += best.equals(family + ":" + i) ? 1 : 0;
      }
      System.out.printf(Locale.ROOT, " %8.2f", (double) first / names.size());
    }
    System.out.println();
  }
}
