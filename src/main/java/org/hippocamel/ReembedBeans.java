package org.hippocamel;

import java.time.Clock;
import java.util.concurrent.Executors;
import org.hippocamel.api.SpaceReplies;
import org.hippocamel.api.SpaceRequests;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.Ranking;
import org.hippocamel.reembed.Estimating;
import org.hippocamel.reembed.GateSet;
import org.hippocamel.reembed.Ordering;
import org.hippocamel.reembed.ReembedCron;
import org.hippocamel.reembed.Reembedding;
import org.hippocamel.reembed.Retiring;
import org.hippocamel.reembed.SliceHelp;
import org.hippocamel.reembed.SliceLedger;
import org.hippocamel.reembed.SliceWork;
import org.hippocamel.reembed.Verifying;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.SpaceDiscovery;
import org.hippocamel.spaces.SpaceSetup;
import org.hippocamel.spaces.SpaceSwitch;
import org.hippocamel.usage.Cost;

/** The beans that move memories to another space. */
final class ReembedBeans {
  private ReembedBeans() {}

  /**
   * @param process name of this process on leases
   * @param beans holds those of the spaces, and receives them
   */
  static void put(
      Settings settings,
      Embedders embedders,
      ActiveSpace space,
      String process,
      Clock clock,
      Fusing fusing,
      NamedBeans beans) {
    SpaceDiscovery discovery = beans.get("spaceDiscovery", SpaceDiscovery.class);
    SpaceSetup setup = beans.get("spaceSetup", SpaceSetup.class);
    beans.put("spaceSwitch", new SpaceSwitch(embedders, settings.spaces().watch(), clock));
    beans.put("reembedding", new Reembedding(discovery, embedders, setup, settings.reembed()));
    beans.put("retiring", new Retiring());
    beans.put(
        "sliceLedger",
        new SliceLedger(settings.job().lease(), settings.reembed().sliceRows(), clock));
    beans.put(
        "sliceWork", new SliceWork(settings.reembed(), settings.job().lease(), System::nanoTime));
    beans.put("reembedHands", Beans.noQueue(settings.reembed().slicesAtOnce(), "reembed-hand"));
    beans.put("reembedAfter", Executors.newSingleThreadExecutor(Beans.threads("reembed-after")));
    beans.put("sliceHelp", new SliceHelp(discovery, embedders, process, clock));
    beans.put("verifying", new Verifying(settings.reembed()));
    beans.put(
        "gateSet",
        new GateSet(
            settings.reembed(),
            settings.evaluation().directory(),
            Ranking.of(Mode.HYBRID, fusing),
            settings.mongo().indexWait()));
    beans.put("reembedOrders", new Ordering(clock));
    beans.put("estimating", new Estimating(settings.reembed(), System::nanoTime));
    beans.put(
        "reembedCron",
        new ReembedCron(settings.reembed().cron(), discovery, settings.ingest().tenant(), clock));
    beans.put("spaceRequests", new SpaceRequests(settings.limits()));
    beans.put("spaceReplies", new SpaceReplies(space, new Cost(settings.cost())));
  }
}
