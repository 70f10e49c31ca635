package org.hippocamel.cases;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Where entries that are to be superseded are. A case has an entry itself, or a copy of it where it
 * came with another case; whoever corrects may know it by either name.
 */
public final class Roots {
  private final String tenant;
  private final Map<String, Document> rows = new HashMap<>();

  /**
   * @param rows {@code _id}, {@code case} and {@code copy_of} of the entries that are named
   */
  Roots(String tenant, List<Document> rows) {
    this.tenant = tenant;
    rows.forEach(row -> this.rows.put(row.getString("_id"), row));
  }

  /** {@code _id} of what an entry is at root a copy of; of an unknown one its own. */
  String root(String entry) {
    Document row = rows.get(entry);
    String original = row == null ? null : row.getString("copy_of");
    return original == null ? entry : original;
  }

  /**
   * {@code _id} of the entry in the history of a case.
   *
   * @param asSaid whether an unknown entry is looked for under the name it was given
   */
  String in(String caseKey, String entry, boolean asSaid) {
    Document row = rows.get(entry);
    boolean there = row == null ? asSaid : caseKey.equals(row.getString("case"));
    return there ? entry : LogEntry.copyKey(tenant, root(entry), caseKey);
  }
}
