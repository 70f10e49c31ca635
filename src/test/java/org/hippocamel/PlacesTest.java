package org.hippocamel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places(2, 3);
  private final List<String> begun = new ArrayList<>();

  @Test
  void enter_beginsAtOnce_whileAPlaceIsFree() {
    assertTrue(guest("a").enter());
    assertTrue(guest("b").enter());
    assertEquals(List.of("a", "b"), begun);
  }

  @Test
  void enter_standsInLine_whenNoPlaceIsFree_andIsRefusedBehindTheLine() {
    fill("a", "b", "c", "d", "e");
    assertEquals(List.of("a", "b"), begun);
    assertTrue(places.full());
    assertFalse(guest("f").enter());
  }

  @Test
  void leave_givesThePlaceToTheFirstInLine() {
    List<Places.Guest> guests = fill("a", "b", "c", "d");
    guests.get(1).leave();
    assertEquals(List.of("a", "b", "c"), begun);
    guests.get(0).leave();
    assertEquals(List.of("a", "b", "c", "d"), begun);
    assertEquals(2, places.inside());
  }

  @Test
  void leave_countsOnce() {
    List<Places.Guest> guests = fill("a", "b", "c");
    guests.get(0).leave();
    guests.get(0).leave();
    guests.get(0).giveUp();
    assertEquals(List.of("a", "b", "c"), begun);
    assertEquals(2, places.inside());
    assertEquals(0, places.inLine());
  }

  @Test
  void leave_meansNothing_beforeOneIsInside() {
    guest("outside").leave();
    List<Places.Guest> guests = fill("a", "b", "c");
    guests.get(2).leave();
    assertEquals(0, places.inLine());
    guests.get(0).leave();
    assertEquals(List.of("a", "b"), begun);
    assertEquals(1, places.inside());
  }

  @Test
  void giveUp_makesRoomInTheLine_andLeavesWorkAlone() {
    List<Places.Guest> guests = fill("a", "b", "c", "d", "e");
    guests.get(3).giveUp();
    guests.get(0).giveUp();
    assertFalse(places.full());
    assertEquals(2, places.inside());
    guests.get(0).leave();
    guests.get(1).leave();
    assertEquals(List.of("a", "b", "c", "e"), begun);
  }

  @Test
  void places_areAllFreeAgain_whateverTheSchedule() throws Exception {
    int callers = 8;
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger worked = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        Random random = new Random(caller);
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < 5_000; i++) {
                    CompletableFuture<Void> ended = new CompletableFuture<>();
                    Places.Guest guest =
                        places.guest(
                            () ->
                                workers.execute(
                                    () -> {
                                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                      worked.incrementAndGet();
                                      now.decrementAndGet();
                                      ended.complete(null);
                                    }));
                    if (!guest.enter()) {
                      refused.incrementAndGet();
                      continue;
                    }
                    if (random.nextInt(4) == 0) {
                      guest.giveUp();
                    }
                    ended.thenRun(guest::leave);
                  }
                },
                threads));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdown();
    }
    org.awaitility.Awaitility.await().until(() -> places.inside() + places.inLine() == 0);
    workers.shutdown();
    assertTrue(most.get() <= 2, most + " at once");
    assertTrue(worked.get() > 0 && worked.get() + refused.get() <= 8 * 5_000);
  }

  private Places.Guest guest(String name) {
    return places.guest(() -> begun.add(name));
  }

  private List<Places.Guest> fill(String... names) {
    List<Places.Guest> guests = new ArrayList<>();
    for (String name : names) {
      Places.Guest guest = guest(name);
      assertTrue(guest.enter(), name);
      guests.add(guest);
    }
    return guests;
  }
}
