package org.hippocamel.api;

import java.util.ArrayList;
import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.reembed.ReembedOrder;

/** Reads {@code POST /v1/reembed}. Thread-safe. */
public final class SpaceRequests {
  private final Bound ids;

  public SpaceRequests(Limits limits) {
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
  }

  /**
   * An order; nothing at all orders what there is to do.
   *
   * @throws Problem Malformed or Invalid with all faults
   */
  public ReembedOrder order(byte[] body) {
    if (body == null || body.length == 0) {
      return new ReembedOrder(null, true, false);
    }
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    String space = in.id("space", false, ids);
    boolean switches = in.bool("switch", true);
    boolean dryRun = in.bool("dry_run", false);
    in.finish();
    return new ReembedOrder(space, switches, dryRun);
  }
}
