package org.hippocamel.memory;

import java.util.ArrayList;
import java.util.List;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/**
 * Writes that a switch of the active space has overtaken: they were planned for the one before it,
 * and may have waited for its embedder longer than the switch looked for them.
 */
public final class Overtaking {
  private final ActiveSpace space;

  /** Asks which space is active now. */
  public Overtaking(ActiveSpace space) {
    this.space = space;
  }

  /** Whether rows were stored without a vector in the space that is active now. */
  public boolean overtaken(Writes writes) {
    Space active = space.get();
    return !active.id().equals(writes.space().id())
        && writes.rows().values().stream()
            .anyMatch(write -> write.toStore() && !write.vectors().containsKey(active.id()));
  }

  /** The same drafts, to be planned anew. */
  public RememberRequest again(Writes writes) {
    List<Draft> drafts = writes.keys().stream().map(key -> writes.rows().get(key).draft()).toList();
    return new RememberRequest(writes.tenant(), writes.lane(), drafts);
  }

  /**
   * What became of each draft: as the first time, unless that or the second was refused.
   *
   * @param first in the space before the switch
   * @param second in the one after it
   */
  public Remembered both(Remembered first, Remembered second) {
    List<Remembered.Item> items = new ArrayList<>();
    for (int i = 0; i < first.items().size(); i++) {
      Remembered.Item before = first.items().get(i);
      Remembered.Item after = second.items().get(i);
      boolean refused = before.refusal() != null || after.refusal() != null;
      items.add(
          refused
              ? after
              : new Remembered.Item(before.id(), before.status(), after.truncated(), null));
    }
    return new Remembered(items);
  }
}
