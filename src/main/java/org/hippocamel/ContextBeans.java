package org.hippocamel;

import org.hippocamel.api.ContextReplies;
import org.hippocamel.api.ContextRequests;
import org.hippocamel.config.Settings;
import org.hippocamel.graph.Assembly;
import org.hippocamel.graph.ContextReranking;
import org.hippocamel.graph.ContextRows;
import org.hippocamel.graph.ContextStages;
import org.hippocamel.graph.Contexts;
import org.hippocamel.graph.Diversity;
import org.hippocamel.graph.Entities;
import org.hippocamel.graph.Expansion;
import org.hippocamel.graph.MemoryKeys;
import org.hippocamel.graph.Ranking;
import org.hippocamel.graph.Terms;
import org.hippocamel.memory.Keying;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.recall.Fusing;
import org.hippocamel.spaces.ActiveSpace;

/** The beans of {@code routes/context.camel.yaml}, and the keys that memories are stored with. */
final class ContextBeans {
  private final Settings settings;
  private final MemoryKeys keys;
  private final ContextStages stages = new ContextStages(System::nanoTime);

  ContextBeans(Settings settings) {
    this.settings = settings;
    Terms terms = settings.graph().termsFile().map(Terms::read).orElseGet(Terms::none);
    this.keys =
        new MemoryKeys(
            new Entities(terms, settings.graph().maxEntities()), settings.graph().tagFields());
  }

  Keying keying() {
    return keys;
  }

  ContextStages stages() {
    return stages;
  }

  void bind(NamedBeans beans, ActiveSpace space, MetadataSchema schema, Fusing fusing) {
    beans.put("contexts", new Contexts());
    beans.put("contextStages", stages);
    beans.put("expansion", new Expansion(settings.graph(), keys));
    beans.put("ranking", new Ranking(settings.graph()));
    beans.put("contextRows", new ContextRows(space));
    beans.put("contextReranking", new ContextReranking());
    beans.put("diversity", new Diversity(space));
    beans.put("assembly", new Assembly());
    beans.put(
        "contextRequests",
        new ContextRequests(
            settings.limits(), settings.context(), settings.graph(), schema, fusing));
    beans.put("contextReplies", new ContextReplies());
  }
}
