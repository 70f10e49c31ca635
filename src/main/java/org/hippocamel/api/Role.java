package org.hippocamel.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an API key allows. Each role includes the ones before it. */
public enum Role {
  READER,
  WRITER,
  ADMIN;

  /** The key file's form: {@code reader}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that word. */
  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /** This role and the ones it includes: an admin may do what a writer and a reader may. */
  public Set<Role> included() {
    return Collections.unmodifiableSet(EnumSet.range(READER, this));
  }
}
