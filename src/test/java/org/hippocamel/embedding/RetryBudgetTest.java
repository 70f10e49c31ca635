package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final AtomicLong now = new AtomicLong();
  private final RetryBudget budget = new RetryBudget(10, now::get);

  @Test
  void spend_allowsTheSteadyRate() {
    assertEquals(10, spent());
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertEquals(5, spent());
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertEquals(1, spent());
    assertFalse(budget.spend());
  }

  @Test
  void earn_allowsAFifthOfTheFirstTries() {
    spent();
    for (int call = 0; call < 50; call++) {
      budget.earn();
    }
    assertEquals(10, spent());
  }

  @Test
  void savings_endAfterTenSeconds() {
    now.addAndGet(TimeUnit.DAYS.toNanos(1));
    assertEquals(100, spent());
  }

  private int spent() {
    int count = 0;
    while (budget.spend()) {
      count++;
    }
    assertTrue(count < 1_000);
    return count;
  }
}
