package org.hippocamel.recall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MemoryId;

/**
 * Which memories may answer. The tenant is part of every translation and stands first.
 *
 * @param tenant never blank
 * @param kinds the kinds that count, empty for all
 * @param agentId or null for every agent
 * @param sessionId or null for every session
 * @param filter or null for no further condition
 */
public record Scope(
    String tenant, Set<Kind> kinds, String agentId, String sessionId, Filter filter) {
  public Scope {
    if (tenant == null || tenant.isBlank()) {
      throw new IllegalArgumentException("a scope without a tenant would show everything");
    }
    kinds = Set.copyOf(kinds);
  }

  /** Everything of one tenant. */
  public static Scope of(String tenant) {
    return new Scope(tenant, Set.of(), null, null, null);
  }

  /** {@code _id} of a memory of this tenant. */
  String key(String id) {
    return MemoryId.key(tenant, id);
  }

  /** The same, of these memories alone. */
  Scope among(Collection<String> ids) {
    Filter only = new Filter.In(FilterFields.ID, List.copyOf(ids));
    return new Scope(
        tenant,
        kinds,
        agentId,
        sessionId,
        filter == null ? only : new Filter.And(List.of(filter, only)));
  }

  /** For {@code $vectorSearch.filter}, and for {@code find} on the same memories. */
  public Document vectorFilter() {
    return new Document("$and", conditions().stream().map(Filter::toVectorFilter).toList());
  }

  /** For {@code compound.filter} of {@code $search}. */
  public List<Document> searchFilters() {
    return conditions().stream()
        .map(Filter::toSearchClause)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<Filter> conditions() {
    List<Filter> conditions = new ArrayList<>();
    conditions.add(new Filter.Eq(FilterFields.TENANT, tenant));
    if (!kinds.isEmpty()) {
      List<Object> words = new ArrayList<>();
      EnumSet.copyOf(kinds).forEach(kind -> words.add(kind.word()));
      conditions.add(new Filter.In("kind", words));
    }
    if (agentId != null) {
      conditions.add(new Filter.Eq("agent_id", agentId));
    }
    if (sessionId != null) {
      conditions.add(new Filter.Eq("session_id", sessionId));
    }
    if (filter != null) {
      conditions.add(filter);
    }
    return conditions;
  }
}
