package org.hippocamel.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Curves of a moving success rate, a panel for each world, as SVG. */
final class SuccessPlot {
  private static final int WIDTH = 300;
  private static final int HEIGHT = 220;
  private static final int MARGIN = 44;
  private static final List<String> COLOURS = List.of("#7a7a7a", "#1f77b4", "#d95f02", "#2ca02c");

  private final int rounds;
  private final int window;
  private final List<String> panels = new ArrayList<>();

  SuccessPlot(int rounds, int window) {
    this.rounds = rounds;
    this.window = Math.min(window, rounds);
  }

  void add(String world, Map<String, boolean[]> successes) {
    int left = panels.size() * (WIDTH + MARGIN) + MARGIN;
    StringBuilder panel = new StringBuilder();
    panel.append("<g transform=\"translate(%d,30)\">%n".formatted(left));
    panel.append("<text x=\"0\" y=\"-10\" font-weight=\"bold\">%s</text>%n".formatted(world));
    for (int tick = 0; tick <= 10; tick += 2) {
      double y = y(tick / 10.0);
      panel.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"0\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                  + "<text x=\"-8\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>%n",
              y,
              WIDTH,
              y,
              y + 4,
              tick * 10));
    }
    int number = 0;
    for (Map.Entry<String, boolean[]> curve : successes.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      panel.append(
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" points=\"%s\"/>%n"
              .formatted(colour, points(curve.getValue())));
      panel.append(
          "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n"
              .formatted(8, HEIGHT - 44 + 16 * number, colour, curve.getKey()));
      number++;
    }
    panel.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">round %d</text>%n"
            .formatted(WIDTH, HEIGHT + 16, rounds));
    panels.add(panel.append("</g>%n".formatted()).toString());
  }

  private String points(boolean[] successes) {
    StringBuilder points = new StringBuilder();
    int sum = 0;
    for (int round = 0; round < successes.length; round++) {
      sum += successes[round] ? 1 : 0;
      sum -= round >= window && successes[round - window] ? 1 : 0;
      if (round >= window - 1 && (round + 1) % Math.max(1, rounds / 150) == 0) {
        points.append(
            String.format(
                Locale.ROOT,
                "%.1f,%.1f ",
                (double) WIDTH * round / rounds,
                y((double) sum / window)));
      }
    }
    return points.toString().strip();
  }

  private static double y(double share) {
    return HEIGHT * (1 - share);
  }

  String svg() {
    int width = panels.size() * (WIDTH + MARGIN) + MARGIN;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">%n<title>Success rate over the last %d rounds</title>%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
            .formatted(width, HEIGHT + 60, window)
        + String.join("", panels)
        + "</svg>\n";
  }
}
