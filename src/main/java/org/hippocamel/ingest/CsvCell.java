package org.hippocamel.ingest;

import org.hippocamel.memory.FieldType;

/** A cell of a CSV file as the type that its column is declared with. */
final class CsvCell {
  private CsvCell() {}

  /** The value, or the cell itself when it is not of that type: the schema says what is wrong. */
  static Object read(Object cell, FieldType type) {
    String text = cell.toString().strip();
    return switch (type) {
      case NUMBER -> number(text, cell);
      case BOOLEAN ->
          text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
              ? (Object) Boolean.valueOf(text)
              : cell;
      case STRING, DATE -> cell;
    };
  }

  private static Object number(String text, Object cell) {
    try {
      return text.matches("[+-]?\\d{1,18}")
          ? (Object) Long.valueOf(text)
          : (Object) Double.valueOf(text);
    } catch (NumberFormatException e) {
      return cell;
    }
  }
}
