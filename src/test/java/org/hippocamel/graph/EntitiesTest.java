package org.hippocamel.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntitiesTest {
  private static final Entities ENTITIES = new Entities(Terms.none(), 24);

  private static String found(String text) {
    return String.join(", ", ENTITIES.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "It failed with ORA-12154, not with EXP-7: see #4711.        | ora-12154, exp-7, #4711",
        "sqlstate 42P01 after 0x80070005 (host db-7), order 482913   | 42p01, 0x80070005, db-7, 482913",
        "id 3fa85f64-5717-4562-b3fc-2c963f66afa6 at 10.0.0.12:8080   | 3fa85f64-5717-4562-b3fc-2c963f66afa6, 10.0.0.12",
        "release 1.2.3 of 2026-11-28T10:00 and 28.11.2026            | 1.2.3",
        "the 10th took 50ms, 4GB, a 3-way join and 24-hour shifts    | ''",
        "we had 12,000 rows, 3.14159 of them, 2020 and 99 more       | ''",
        "p53 and IL-6 in CD4 cells, HIV-1 (n=24)                     | p53, il-6, cd4, hiv-1",
      })
  void codes_haveLettersAndDigits_notUnitsDatesOrAmounts(String text, String expected) {
    assertEquals(expected.replace("''", ""), found(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "it is at https://Pay.example.com/v1/charge?id=5#top).       | https://pay.example.com/v1/charge?id=5",
        "edit /etc/nginx/nginx.conf, then ~/notes.md and src/App.java. | /etc/nginx/nginx.conf, ~/notes.md, src/app.java",
        "the log is C:\\temp\\a.log; ask ops@example.com              | c:\\temp\\a.log, ops@example.com",
        "and/or, he/she, 24/7, TCP/IP, 1/2                            | ''",
        "in /v1/search/                                               | /v1/search",
      })
  void places_areAddressesAndPaths_notAlternatives(String text, String expected) {
    assertEquals(expected.replace("''", ""), found(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "call getUser(max_batch) with tei.max-wait, as nginx.conf says | getuser, max_batch, tei.max-wait, nginx.conf",
        "send X-Forwarded-For to OrderService in java.util.List        | x-forwarded-for, orderservice, java.util.list",
        "it ends here.Then, e.g. well-known and state-of-the-art       | ''",
      })
  void names_areWhatProgrammersWrite(String text, String expected) {
    assertEquals(expected.replace("''", ""), found(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "He said \"payment timed out\" and `retry budget`.            | payment timed out, retry budget",
        "the “dead letter”, «note de frais» und „offene Posten“       | dead letter, note de frais, offene posten, posten",
        "don't, it's the users' own; 5\" wide and 6\" high            | ''",
        "\"this is a whole sentence that somebody said aloud\"        | ''",
        "错误ORA-12154发生在「订单服务」里。                              | ora-12154, 订单服务",
      })
  void quotedTerms_areTerms_notSentencesOrApostrophes(String text, String expected) {
    assertEquals(expected.replace("''", ""), found(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "it runs on Kubernetes now                                   | kubernetes",
        "Kubernetes runs it. Restarts are rare. When Maria left      | maria",
        "ask the Order Service, then Maria Schmidt's team            | order service, maria schmidt",
        "Order Service is down                                       | order service, service",
        "on Monday I think The Cache was full, Please check          | cache",
        "we use TLS and ECONNREFUSED came up, OK                     | tls, econnrefused",
        "ALL SYSTEMS ARE DOWN PLEASE RESTART THE SERVER NOW          | ''",
        "der Kunde hat die Rechnung im Portal bezahlt, das Konto und der Betrag der Bank fehlt | ''",
        "сервис Заказы упал                                          | заказы",
      })
  void capitals_areNames_unlessTheyBeginASentenceOrAreCommon(String text, String expected) {
    assertEquals(expected.replace("''", ""), found(text));
  }

  @Test
  void codeBlocks_giveCodesAndNames_noQuotesAndNoCapitals() {
    String text =
        """
        Look at this:
        ```java
        String name = user.getName(); // "hello world"
        throw new Fault(List.of(E1042));
        ```
        Then ask Maria.
        """;
    assertEquals("e1042, user.getname, maria", found(text).replace(", list.of", ""));
  }

  @Test
  void sameThing_isFoundOnce_howeverItIsWritten() {
    assertEquals(
        List.of("ora-12154"), ENTITIES.of("ora-12154, \"ORA-12154\", (ORA-12154): ORA-12154."));
    assertEquals(List.of("café crème"), ENTITIES.of("ein “cafe\u0301  Crème”").subList(0, 1));
  }

  @Test
  void mostTellingKinds_comeFirst_whenThereAreTooMany() {
    Entities three = new Entities(Terms.none(), 3);
    assertEquals(
        List.of("e1042", "e1043", "/etc/hosts"),
        three.of("ask Maria about `the cache` in /etc/hosts, max_batch, E1042 and E1043"));
    assertEquals(List.of(), new Entities(Terms.none(), 0).of("E1042"));
  }

  @Test
  void longOnes_areNone() {
    assertEquals(List.of(), ENTITIES.of("https://example.com/" + "a".repeat(200)));
  }

  /** Texts come from anybody: whatever they hold, there is an answer, always the same. */
  @Test
  void anyText_isAnswered_alike() {
    Random random = new Random(5);
    String alphabet = "aZ09 .:/\\-_@#~+'\"`\n\t“”„«»(){}[]<>=,;!?|äÜ錯一アอع😀\u0301\uD800";
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(60); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      List<String> once = ENTITIES.of(text.toString());
      assertEquals(once, ENTITIES.of(text.toString()));
      assertTrue(once.size() <= 24, text.toString());
      assertTrue(once.stream().allMatch(Entities::fits), text.toString());
      assertEquals(once, once.stream().map(Entities::normalised).distinct().toList());
    }
  }
}
