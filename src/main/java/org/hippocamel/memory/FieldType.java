package org.hippocamel.memory;

import java.util.Locale;

/** The type of a field that may be filtered on, named as in {@code memory.filterable}. */
public enum FieldType {
  STRING,
  NUMBER,
  BOOLEAN,
  DATE;

  /** The setting's form: {@code string}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether greater and less make sense: numbers and dates. Text has no order that users mean. */
  public boolean ordered() {
    return this == NUMBER || this == DATE;
  }
}
