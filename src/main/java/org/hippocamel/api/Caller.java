package org.hippocamel.api;

import java.util.Comparator;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param tenant whose memories it may see
 * @param roles what it may do with them, included roles spelled out
 */
public record Caller(String tenant, Set<Role> roles) {
  /** The tenant of everybody when no API keys are configured. */
  public static final String DEFAULT_TENANT = "default";

  public Caller {
    if (tenant.isBlank()) {
      throw new IllegalArgumentException("a caller without a tenant would see everything");
    }
    roles = Set.copyOf(roles);
  }

  /** A caller of one tenant with a role and the ones it includes. */
  public static Caller of(String tenant, Role role) {
    return new Caller(tenant, role.included());
  }

  /** Whether the caller may do what needs this role. */
  public boolean may(Role role) {
    return roles.contains(role);
  }

  /** The widest role, as error messages name it. */
  String widest() {
    return roles.stream().max(Comparator.naturalOrder()).map(Role::word).orElse("none");
  }
}
