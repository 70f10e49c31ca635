package org.hippocamel.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A made-up company's memory in which half of an answer does not look like its question: the remedy
 * of an error stands in a runbook that does not know the incident, the answer of a colleague is the
 * next turn, the outcome of a decision links to it. The same seed gives the same set.
 *
 * <p>{@code direct} is the control: one memory answers, and the graph has nothing to add.
 */
final class MultiHopSet {
  /** A memory as it is sent; documents go to another address. */
  record Memory(String id, boolean document, Map<String, Object> body) {}

  /** A question and the memories that belong to its answer: ids, or {@code uri#chunk}. */
  record Question(String family, String text, List<String> answers) {}

  private static final List<String> CUSTOMERS =
      words(
          "bakery dentist florist garage pharmacy library brewery optician bookshop cinema gym"
              + " kindergarten museum hotel theatre butcher sawmill winery hospital airport");
  private static final List<String> JOBS =
      words(
          "export import backup invoice-run payroll reminder-mail stock-count price-update"
              + " tax-report archive sync label-print");
  private static final List<String> WEEKDAYS =
      words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday");
  private static final List<String> PEOPLE =
      words("Maria Jonas Aisha Peter Lin Olga Tomas Fatima Ravi Ingrid Pablo Nadia");
  private static final List<String> TOPICS =
      words(
          "caching retries paging logging sharding billing login search uploads alerts quotas"
              + " webhooks exports themes backups sessions reports locales audits imports");
  private static final List<String> CAUSES =
      List.of(
          "The target volume is full",
          "The credentials have expired",
          "Two writers hold the same lock",
          "The certificate chain is incomplete",
          "A column was renamed upstream",
          "The clock of the host runs ahead",
          "The quota of the bucket is used up",
          "The queue rejects messages of that size",
          "The schema of the feed has changed",
          "The proxy cuts connections after a minute");
  private static final List<String> REMEDIES =
      List.of(
          "purge what is older than thirty days and start again",
          "ask the security team for new ones before the next attempt",
          "stop the second instance and clear the lease",
          "install the intermediate and reload",
          "map the new name in the configuration",
          "restart the time service and wait ten minutes",
          "raise the limit or delete drafts",
          "send it in parts of one megabyte",
          "regenerate the bindings from the published contract",
          "send a heartbeat every twenty seconds");
  private static final List<String> OPINIONS =
      List.of(
          "Yes, but only after the migration is through.",
          "No, that has to wait for the new hardware.",
          "Fine with me, as long as somebody watches the first night.",
          "Please not before the holidays.",
          "Only for the two largest tenants, the others stay as they are.",
          "Go ahead and tell the support team in advance.",
          "I would rather see figures first.",
          "We tried that two years ago, look at what happened then.");
  private static final List<String> OUTCOMES =
      List.of(
          "It held for two weeks, then the second node ran out of memory and we went back.",
          "Nobody noticed any difference, and the costs went down by a fifth.",
          "Three tenants complained in the first hour; since then it has been quiet.",
          "It doubled the response times, so it was switched off the same evening.",
          "The numbers look good, and the rest follows next month.",
          "It broke the mobile client and had to be rolled back.");

  private final Random random;
  private final List<Memory> memories = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();

  private MultiHopSet(long seed) {
    this.random = new Random(seed);
  }

  /**
   * A set with so many questions of each family, and several times as many memories around them.
   */
  static MultiHopSet of(long seed, int each) {
    MultiHopSet set = new MultiHopSet(seed);
    set.incidents(each);
    set.sessions(each);
    set.decisions(each);
    set.chapters(each);
    set.directs(each);
    set.noise(6 * each);
    return set;
  }

  List<Memory> memories() {
    return memories;
  }

  List<Question> questions() {
    return questions;
  }

  private static List<String> words(String words) {
    return List.of(words.split(" "));
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String id(String prefix) {
    return prefix + "-" + memories.size();
  }

  private void say(String id, String agent, String session, Integer seq, String text, String link) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("agent_id", agent);
    body.put("text", text);
    if (session != null) {
      body.put("session_id", session);
      body.put("seq", seq);
    }
    if (link != null) {
      body.put("links", List.of(link));
    }
    memories.add(new Memory(id, false, body));
  }

  /** incident (names job, customer, code) -> runbook passage (names the code alone) */
  private void incidents(int each) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      codes.add(any(words("EXP JOB NET SQL IO")) + "-" + (1_000 + 7 * i));
    }
    for (int first = 0; first < each; first += 10) {
      runbook(first / 10, codes.subList(first, Math.min(each, first + 10)));
    }
    for (int i = 0; i < each; i++) {
      String job = JOBS.get(i % JOBS.size());
      String customer = CUSTOMERS.get((i / JOBS.size() + 3 * i) % CUSTOMERS.size());
      String incident = id("incident");
      say(
          incident,
          "operations",
          null,
          null,
          "On %s night the %s of the %s stopped with %s after %d minutes."
              .formatted(any(WEEKDAYS), job, customer, codes.get(i), 2 + random.nextInt(50)),
          null);
      questions.add(
          new Question(
              "incident",
              "The %s of the %s has stopped, what is to be done about it?".formatted(job, customer),
              List.of(incident, "runbook-" + i / 10 + ".md#" + i % 10)));
    }
    // The same codes come up elsewhere too.
    for (int i = 0; i < each; i += 3) {
      say(
          id("chat"),
          "support",
          null,
          null,
          "%s saw %s again in the test system.".formatted(any(PEOPLE), codes.get(i)),
          null);
    }
  }

  private void runbook(int number, List<String> codes) {
    StringBuilder text = new StringBuilder();
    for (String code : codes) {
      text.append("## ")
          .append(code)
          .append("\n\n")
          .append(any(CAUSES))
          .append(": ")
          .append(any(REMEDIES))
          .append(".\n\n");
    }
    document("runbook-" + number + ".md", "Runbook part " + number, text.toString());
  }

  private void document(String uri, String title, String text) {
    memories.add(new Memory(uri, true, Map.of("uri", uri, "title", title, "text", text)));
  }

  /** turn n asks, turn n + 1 answers without saying what */
  private void sessions(int each) {
    for (int i = 0; i < each; i++) {
      String session = "talk-" + i;
      String person = PEOPLE.get(i % PEOPLE.size());
      String topic = TOPICS.get((i / PEOPLE.size() + i) % TOPICS.size());
      String customer = any(CUSTOMERS);
      int turn = random.nextInt(4);
      for (int before = 0; before < turn; before++) {
        say(id("turn"), "assistant", session, before, smallTalk(), null);
      }
      String asking = id("turn");
      say(
          asking,
          "assistant",
          session,
          turn,
          "%s asks whether %s may be changed for the %s.".formatted(person, topic, customer),
          null);
      String answering = id("turn");
      say(answering, "assistant", session, turn + 1, any(OPINIONS), null);
      say(id("turn"), "assistant", session, turn + 2, smallTalk(), null);
      questions.add(
          new Question(
              "session",
              "What did they tell %s who wanted to change %s for the %s?"
                  .formatted(person, topic, customer),
              List.of(asking, answering)));
    }
  }

  private String smallTalk() {
    return any(
        List.of(
            "Good morning, I am back from lunch.",
            "The coffee machine is out of order again.",
            "I will write that down for the minutes.",
            "Let us go on with the next point.",
            "Can everybody hear me?",
            "That is all from my side."));
  }

  /** decision <- outcome that links to it */
  private void decisions(int each) {
    for (int i = 0; i < each; i++) {
      String topic = TOPICS.get(i % TOPICS.size());
      String customer = CUSTOMERS.get((i / TOPICS.size() + i) % CUSTOMERS.size());
      String decision = id("decision");
      say(
          decision,
          "architect",
          null,
          null,
          "Decided with %s: the %s gets its own %s.".formatted(any(PEOPLE), customer, topic),
          null);
      String outcome = id("outcome");
      say(outcome, "architect", null, null, any(OUTCOMES), decision);
      questions.add(
          new Question(
              "decision",
              "How did it turn out that the %s got its own %s?".formatted(customer, topic),
              List.of(decision, outcome)));
    }
  }

  /** one passage names the matter, the next one goes on without naming it */
  private void chapters(int each) {
    for (int i = 0; i < each; i++) {
      String topic = TOPICS.get((7 * i) % TOPICS.size());
      String customer = CUSTOMERS.get((i + i / CUSTOMERS.size()) % CUSTOMERS.size());
      StringBuilder text = new StringBuilder();
      for (int part = 0; part < 3; part++) {
        text.append("## Part ").append(part + 1).append("\n\n");
        text.append(
            switch (part) {
              case 0 -> "This chapter was last read in %d.".formatted(2015 + random.nextInt(10));
              case 1 ->
                  "How the %s handles %s is a matter of its contract.".formatted(customer, topic);
              default ->
                  "%s; whoever does it should %s."
                      .formatted(any(CAUSES).replace("The ", "Usually the "), any(REMEDIES));
            });
        text.append("\n\n");
      }
      String uri = "chapter-" + i + ".md";
      document(uri, "Chapter " + i, text.toString());
      questions.add(
          new Question(
              "chapter",
              "How does the %s handle %s, and what should one do?".formatted(customer, topic),
              List.of(uri + "#1", uri + "#2")));
    }
  }

  private void directs(int each) {
    for (int i = 0; i < each; i++) {
      String customer = CUSTOMERS.get(i % CUSTOMERS.size());
      String job = JOBS.get((i / CUSTOMERS.size() + i) % JOBS.size());
      int hour = 1 + random.nextInt(22);
      String id = id("plan");
      say(
          id,
          "operations",
          null,
          null,
          "Schedule: %s of the %s runs at %d o'clock on %s."
              .formatted(job, customer, hour, any(WEEKDAYS)),
          null);
      questions.add(
          new Question(
              "direct",
              "At what time is the %s of the %s scheduled?".formatted(job, customer),
              List.of(id)));
    }
  }

  private void noise(int count) {
    for (int i = 0; i < count; i++) {
      String text =
          switch (random.nextInt(4)) {
            case 0 ->
                "%s called about the %s of the %s, all is well."
                    .formatted(any(PEOPLE), any(JOBS), any(CUSTOMERS));
            case 1 ->
                "Ticket #%d of the %s is about %s."
                    .formatted(10_000 + i, any(CUSTOMERS), any(TOPICS));
            case 2 -> "%s in that case.".formatted(any(CAUSES));
            default -> "Next time %s.".formatted(any(REMEDIES));
          };
      say(id("note"), any(words("support operations assistant")), null, null, text, null);
    }
  }
}
