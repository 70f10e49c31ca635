package org.hippocamel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the documents say is there. */
class DocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", "data", "inbox", ".idea", ".vscode", "node_modules");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

  /** Folders of the machine a file was written on. */
  private static final Pattern MACHINE =
      Pattern.compile("(?<![\\w.}/])/(?:(?:work|farm|root|home/[a-z]+|Users/\\w+)/|tmp/[a-z])");

  @Test
  void links_leadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : files(".md")) {
      int number = 0;
      for (String line : Files.readAllLines(document)) {
        number++;
        Matcher link = LINK.matcher(line);
        while (link.find()) {
          if (!resolves(document, link.group(1))) {
            broken.add(ROOT.relativize(document) + ":" + number + ": " + link.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), broken, "links to nothing");
  }

  @Test
  void readme_showsTheRoutes() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertTrue(readme.contains("(routes/README.md)"), "README.md links routes/README.md");
    assertTrue(readme.contains("mvn -B verify"), "README.md names the test command");
  }

  @Test
  void files_nameNoMachine() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files("")) {
      List<String> lines = text(file);
      for (int i = 0; i < lines.size(); i++) {
        if (MACHINE.matcher(lines.get(i)).find()) {
          found.add(ROOT.relativize(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    assertEquals(List.of(), found, "write a path relative to the project");
  }

  @Test
  void dependencies_haveAReason() throws Exception {
    String rationale = Files.readString(ROOT.resolve("docs/rationale.md"));
    Element project =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(ROOT.resolve("pom.xml").toFile())
            .getDocumentElement();
    List<String> missing = new ArrayList<>();
    NodeList dependencies = project.getElementsByTagName("dependency");
    for (int i = 0; i < dependencies.getLength(); i++) {
      Element dependency = (Element) dependencies.item(i);
      String artifact = text(dependency, "artifactId");
      boolean ours = dependency.getParentNode().getParentNode() == project;
      if (ours && !text(dependency, "scope").equals("test") && !named(rationale, artifact)) {
        missing.add(artifact);
      }
    }
    assertEquals(List.of(), missing, "docs/rationale.md says why: one table line for each");
  }

  private static boolean named(String rationale, String artifact) {
    return rationale.contains("`" + artifact + "`");
  }

  private static String text(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }

  private static boolean resolves(Path document, String target) throws IOException {
    if (target.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = target.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1
        || !file.toString().endsWith(".md")
        || anchors(file).contains(parts[1]);
  }

  /** Headings as links name them: lower case, punctuation dropped, blanks as hyphens. */
  private static List<String> anchors(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+\\s*", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static List<String> text(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException e) {
      return List.of();
    }
  }

  private static List<Path> files(String suffix) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = !folder.equals(ROOT) && NOT_OURS.contains(name(folder));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (name(file).endsWith(suffix) && !name(file).equals(".git")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }
}
