package org.hippocamel.shadow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "a b c d,   a b c d,   4, 1,    1",
        "a b c d,   d c b a,   4, 1,    -1",
        "a b c d,   a b d c,   4, 1,    0.6666667",
        "a b c d,   a x b y,   4, 0.5,  1",
        "a b c d,   b x a y,   4, 0.5,  -1",
        "a b c d,   a x y z,   4, 0.25, -",
        "a b c d,   w x y z,   4, 0,    -",
        "a b c d e, a b x d e, 2, 1,    1",
        "a b,       a b c d,   4, 0.5,  1",
        "a b,       b a,       5, 1,    -1",
        "a b,       '',        5, 0,    -"
      })
  void of_countsWhatBothHave_andItsOrder(
      String first, String second, int k, double overlap, Double tau) {
    Agreement agreement = Agreement.of(ids(first), ids(second), k);
    assertEquals(overlap, agreement.overlap(), 1e-9);
    if (tau == null) {
      assertNull(agreement.tau());
    } else {
      assertEquals(tau, agreement.tau(), 1e-6);
    }
  }

  @Test
  void nothingFoundByEither_tellsNothing() {
    assertNull(Agreement.of(List.of(), List.of(), 5));
  }

  private static List<String> ids(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }
}
