package org.hippocamel.spaces;

/** Spaces that tests of several packages share. */
public final class TestSpaces {
  private TestSpaces() {}

  /** Three dimensions, asked with an instruction. */
  public static Space small() {
    return new Space("m-3", "acme/m", null, "cls", 3, "query: ");
  }

  /** Open for reading and writing. */
  public static ActiveSpace active(Space space) {
    ActiveSpace active = new ActiveSpace();
    active.set(space);
    return active;
  }
}
