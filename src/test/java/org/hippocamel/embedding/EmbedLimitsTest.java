package org.hippocamel.embedding;

import static org.hippocamel.embedding.EmbedSettings.embed;
import static org.hippocamel.embedding.EmbedSettings.info;
import static org.hippocamel.embedding.EmbedSettings.tei;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmbedLimitsTest {
  @Test
  void of_keepsTheSettingsWhereTheServerAllowsThem() {
    assertEquals(expected(32, 2, 4, 2, 384), of(32, 2, 4, 0.75, info(512, 32)));
  }

  @Test
  void of_cutsTextsToTheServersBatchSize() {
    assertEquals(8, of(32, 2, 4, 0.75, info(512, 8)).texts());
  }

  @Test
  void of_cutsCallsSoThatAllTextsInFlightStayWithinTheShare() {
    // 96 texts may be in flight: three calls of 32.
    assertEquals(expected(32, 1, 2, 2, 96), of(32, 2, 4, 0.75, info(128, 32)));
  }

  @Test
  void of_halvesTheTextsWhereOneCallAloneWouldFit() {
    assertEquals(expected(24, 1, 1, 1, 48), of(32, 2, 4, 0.75, info(64, 32)));
  }

  @Test
  void of_leavesEachLaneOneTextOfATinyServer() {
    assertEquals(expected(1, 1, 1, 1, 1), of(32, 2, 4, 0.75, info(1, 32)));
    assertEquals(expected(1, 1, 1, 1, 1), of(32, 2, 4, 0.75, info(2, 32)));
  }

  @Test
  void of_survivesAServerThatNamesNoSensibleLimit() {
    assertEquals(expected(1, 1, 1, 1, 1), of(32, 2, 4, 0.75, info(0, 0)));
  }

  @Test
  void behind_leavesRoomForAnInstruction() {
    EmbedLimits limits = EmbedSettings.limits().get();
    assertEquals(limits, limits.behind(""));
    assertEquals(limits.textTokens() - 9, limits.behind("passage: ").textTokens());
    assertEquals(limits.textTokens() - 2, limits.behind("\u00e9").textTokens(), "bytes");
  }

  @Test
  void textTokens_leaveRoomForTheSpecialOnes() {
    TeiInfo info = new TeiInfo("m", null, "cls", 512, 32, 8_192, 16_384, true);
    assertEquals(8_190, of(32, 2, 4, 0.75, info).textTokens());
  }

  @Test
  void of_neverLetsMoreTextsFlyThanTheShare_whateverTheNumbers() {
    Random random = new Random(4_711);
    for (int i = 0; i < 100_000; i++) {
      int max = 1 + random.nextInt(random.nextBoolean() ? 16 : 2_048);
      double share = 0.01 + random.nextDouble() * 0.99;
      int batch = 1 + random.nextInt(256);
      int query = 1 + random.nextInt(64);
      int ingest = 1 + random.nextInt(64);
      TeiInfo info = info(max, 1 + random.nextInt(128));
      EmbedLimits limits = of(batch, query, ingest, share, info);
      int calls = limits.queryCalls() + limits.ingestCalls();
      // Two lanes need a text each, also of a server that allows but one.
      int allowed = Math.max(2, (int) Math.floor(max * share));
      String what = limits + " for " + info + " share " + share;
      assertTrue(calls * limits.texts() <= allowed, what);
      assertTrue(limits.texts() >= 1 && limits.texts() <= info.maxClientBatchSize(), what);
      assertTrue(limits.queryCalls() >= 1 && limits.queryCalls() <= query, what);
      assertTrue(limits.ingestCalls() >= 1 && limits.ingestCalls() <= ingest, what);
    }
  }

  @Test
  void calls_areThoseOfTheLane() {
    EmbedLimits limits = expected(32, 2, 4, 2, 384);
    assertEquals(2, limits.calls(Lane.QUERY));
    assertEquals(4, limits.calls(Lane.INGEST));
  }

  @Test
  void currentLimits_tellNowAndWhenTheServerSaysOtherwise() {
    CurrentLimits limits = new CurrentLimits(tei(2, 4, 0.75), embed(32, 400_000));
    List<Integer> told = new ArrayList<>();
    limits.tell(now -> told.add(now.texts()));
    limits.follow(List.of(info(512, 8)));
    assertEquals(List.of(32, 8), told);
    assertEquals(8, limits.get().texts());
  }

  @Test
  void currentLimits_ofSeveralServersSuitEachAndAddUp() {
    CurrentLimits limits = new CurrentLimits(tei(2, 4, 0.75), embed(32, 400_000));
    limits.follow(List.of(info(512, 8), info(128, 32), info(512, 64)));
    assertEquals(new EmbedLimits(8, 400_000, 16_384, 5, 10, 6, 384 + 96 + 384, 510), limits.get());
  }

  private static EmbedLimits expected(
      int texts, int queryCalls, int ingestCalls, int besideQueries, int inFlight) {
    return new EmbedLimits(
        texts, 400_000, 16_384, queryCalls, ingestCalls, besideQueries, inFlight, 510);
  }

  private static EmbedLimits of(int texts, int query, int ingest, double share, TeiInfo info) {
    return EmbedLimits.of(tei(query, ingest, share), embed(texts, 400_000), info);
  }
}
