package org.hippocamel;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.hippocamel.api.CaseLines;
import org.hippocamel.api.CaseReplies;
import org.hippocamel.api.CaseRequests;
import org.hippocamel.api.Role;
import org.hippocamel.batching.Gate;
import org.hippocamel.cases.CaseBank;
import org.hippocamel.cases.CaseFinding;
import org.hippocamel.cases.CaseKeys;
import org.hippocamel.cases.CaseLog;
import org.hippocamel.cases.CasePrompt;
import org.hippocamel.cases.CaseRanking;
import org.hippocamel.cases.CaseState;
import org.hippocamel.cases.Crediting;
import org.hippocamel.cases.Deriving;
import org.hippocamel.cases.Exporting;
import org.hippocamel.cases.Importing;
import org.hippocamel.cases.Judging;
import org.hippocamel.cases.Merging;
import org.hippocamel.cases.Promoting;
import org.hippocamel.cases.Scrubber;
import org.hippocamel.cases.Settling;
import org.hippocamel.cases.Shortlisting;
import org.hippocamel.cases.ShownLog;
import org.hippocamel.cases.Sweeping;
import org.hippocamel.config.CaseSettings;
import org.hippocamel.config.Settings;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.recall.Fusing;
import org.hippocamel.spaces.ActiveSpace;

/** The beans of the case bank. */
final class CaseBeans {
  private static final Supplier<String> IDS = () -> UUID.randomUUID().toString().replace("-", "");

  private CaseBeans() {}

  /**
   * Adds them.
   *
   * @param fusing of searches
   * @param answers where callers go on whose cases were derived; they must not block there
   */
  static void bind(
      NamedBeans beans,
      Settings settings,
      ActiveSpace space,
      Clock clock,
      MetadataSchema schema,
      Fusing fusing,
      Executor answers) {
    CaseSettings cases = settings.cases();
    Scrubber scrubber = Scrubber.of(cases.guard());
    Judging judging = new Judging(cases, clock);
    Deriving deriving = new Deriving(judging);
    ShownLog shown = new ShownLog(cases.search().shownFor(), scrubber, clock, IDS);
    Promoting promoting = new Promoting(scrubber);
    beans.put("promoting", promoting);
    beans.put("caseBank", new CaseBank(space, cases, settings.vectors()));
    beans.put("caseLog", new CaseLog(scrubber, clock, IDS));
    beans.put("deriving", deriving);
    Settings.Bulk bulk = settings.mongo().bulk();
    beans.put(
        "deriveGate",
        new Gate<CaseKeys, List<CaseState>>(
            CaseKeys::size, keys -> 0, bulk.deadline(), Beans.late(bulk), answers));
    Beans.shared(beans, "derive", bulk);
    beans.put("settling", new Settling(clock));
    beans.put("sweeping", new Sweeping(clock));
    beans.put("merging", new Merging(clock));
    beans.put("shortlisting", new Shortlisting(space, cases.search(), clock));
    beans.put("caseRanking", new CaseRanking(space, cases.search(), judging));
    beans.put("shownLog", shown);
    beans.put("crediting", new Crediting());
    beans.put("casePrompt", new CasePrompt(cases.search().promptTokens()));
    beans.put("caseFinding", new CaseFinding(judging, shown));
    beans.put("importing", new Importing());
    beans.put("exporting", new Exporting());
    beans.put(
        "caseRequests",
        new CaseRequests(
            settings.limits(),
            schema,
            new CaseLines(settings.limits(), schema, promoting),
            fusing,
            Role.of(cases.guard().positiveRole()).orElseThrow(),
            settings.ingest().tenant()));
    beans.put("caseReplies", new CaseReplies(judging));
  }
}
