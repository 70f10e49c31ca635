package org.hippocamel.ingest;

import java.util.ArrayList;
import java.util.List;

/** A heading with what stands under it; the root of a document has none. Built by one parser. */
final class Section {
  final int level;
  final Heading heading;
  final List<Heading> path;
  final List<Block> blocks = new ArrayList<>();
  final List<Section> children = new ArrayList<>();
  int bodyStart;
  int end;

  private Section(int level, Heading heading, List<Heading> path, int bodyStart) {
    this.level = level;
    this.heading = heading;
    this.path = path;
    this.bodyStart = bodyStart;
  }

  /** The whole document, under its title where that is to be embedded with the text. */
  static Section root(Heading title, int end) {
    Section root = new Section(0, title, title == null ? List.of() : List.of(title), 0);
    root.end = end;
    return root;
  }

  Section child(int level, Heading heading, int bodyStart) {
    List<Heading> below = new ArrayList<>(path);
    below.add(heading);
    Section child = new Section(level, heading, List.copyOf(below), bodyStart);
    children.add(child);
    return child;
  }
}
