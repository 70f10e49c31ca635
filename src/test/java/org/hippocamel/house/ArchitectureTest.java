package org.hippocamel.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may depend on whom. The picture is in docs/architecture.md. */
class ArchitectureTest {
  private static final String OURS = "org.hippocamel";

  /** What every capability may use: words, settings, values, BSON, JSON, the JDK. */
  private static final List<String> EVERYBODY =
      List.of(
          "java..",
          OURS + ".problem..",
          OURS + ".config..",
          "org.bson..",
          "com.mongodb.client.model..",
          "com.mongodb.bulk..",
          "com.fasterxml.jackson..");

  /** What each capability may use beyond that. A package that is not listed may not exist. */
  private static final Map<String, Set<String>> ALSO =
      Map.ofEntries(
          entry("batching"),
          entry("embedding", "batching..", "com.github.benmanes.caffeine.."),
          entry("spaces", "embedding.."),
          entry("memory", "batching..", "embedding..", "spaces.."),
          entry("ingest", "memory..", "embedding..", "job..", "org.commonmark.."),
          entry(
              "rerank", "embedding.."), // what is known of any TEI: its /info, its circuit breaker
          entry("recall", "memory..", "embedding..", "spaces.."),
          entry("search", "recall..", "rerank.."),
          entry("graph", "memory..", "embedding..", "spaces..", "recall..", "rerank.."),
          entry("shadow", "memory..", "embedding..", "spaces..", "recall..", "eval"),
          entry("cases", "memory..", "embedding..", "spaces..", "recall..", "ingest.."),
          entry("job", "memory.."),
          entry("usage", "embedding.."),
          entry(
              "reembed",
              "job..",
              "eval",
              "memory..",
              "embedding..",
              "spaces..",
              "recall..",
              "com.cronutils.."),
          entry(
              "evaluation",
              "job..",
              "eval",
              "memory..",
              "embedding..",
              "spaces..",
              "recall..",
              "search..",
              "graph.."),
          entry(
              "api",
              "memory..",
              "recall..",
              "embedding..",
              "ingest..",
              "spaces..",
              "rerank..",
              "search..",
              "graph..",
              "cases..",
              "job..",
              "usage..",
              "shadow..",
              "eval",
              "evaluation..",
              "reembed.."));

  /** Beans that must be a Camel type, with the reason. */
  private static final Map<String, String> CAMEL_TYPES =
      Map.ofEntries(
          Map.entry(OURS + ".embedding.EmbedBatching", "gathers texts in the aggregate of embed"),
          Map.entry(OURS + ".batching.Gathering", "gathers tickets in the aggregates of remember"),
          Map.entry(
              OURS + ".batching.Flow", "hands a waiting batch on through the aggregate controller"),
          Map.entry(OURS + ".embedding.TokensInOrder", "puts the pieces of a split together"),
          Map.entry(OURS + ".recall.RecallTimes", "times the routes of a search as their policy"),
          Map.entry(
              OURS + ".recall.CandidateLists", "puts the two branches of a multicast together"),
          Map.entry(OURS + ".spaces.ReadyCheck", "is asked by Camel's health registry"));

  /** Packages that are no capability: they have rules of their own below. */
  private static final Set<String> OTHERS =
      Set.of("config", "problem", "embedded", "bench", "eval", "cli");

  /** Test classes that may sleep: their slowness is what they are for. */
  private static final String SLEEPERS =
      OURS.replace(".", "\\.")
          + "\\.(embedded\\.tei\\.EmbeddedTeiBench|drill\\."
          + "(EncodingStore|FaultDrill|KillReembed|LaneBench|MigrationClients|MigrationDrill"
          + "|MigrationProgress|MixedLoad))";

  private static JavaClasses main;
  private static JavaClasses tests;

  @BeforeAll
  static void read() {
    main = new ClassFileImporter().importPath(Path.of("target/classes"));
    tests = new ClassFileImporter().importPath(Path.of("target/test-classes"));
  }

  static Stream<String> capabilities() {
    return ALSO.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("capabilities")
  void capability_usesValuesOnly(String capability) {
    Stream<String> allowed =
        Stream.of(
                EVERYBODY.stream(),
                ALSO.get(capability).stream(),
                Stream.of(OURS + "." + capability + ".."))
            .flatMap(packages -> packages);
    classes()
        .that()
        .resideInAPackage(OURS + "." + capability + "..")
        .and(not(camelTypes()))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed.toArray(String[]::new)).or(camelTypes()).or(arrays()))
        .because("routes own every hop, beans own values: no network, no Camel in a capability")
        .allowEmptyShould(true)
        .check(main);
  }

  @Test
  void camelTypes_useCamelsInterfacesOnly() {
    noClasses()
        .that(camelTypes())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.camel.impl.engine..", "org.apache.camel.component..")
        .allowEmptyShould(true)
        .check(main);
  }

  @Test
  void packages_areListed() {
    Set<String> known = new java.util.HashSet<>(ALSO.keySet());
    known.addAll(OTHERS);
    List<String> unknown =
        main.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(OURS + "."))
            .map(name -> name.substring(OURS.length() + 1).split("\\.")[0])
            .distinct()
            .filter(name -> !known.contains(name))
            .toList();
    assertEquals(List.of(), unknown, "say in ArchitectureTest what these packages may use");
  }

  @Test
  void packages_haveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching(OURS + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(main);
  }

  @Test
  void capabilities_openNoConnection() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ALSO.keySet().stream().map(n -> OURS + "." + n + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(http\\..*|.*Socket.*|.*Connection|URL|InetAddress)")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.nio\\.channels\\..*Socket.*")
        .allowEmptyShould(true)
        .check(main);
  }

  @Test
  void embeddedServers_areMetOnTheWireOnly() {
    for (String server : List.of("tei", "atlas")) {
      String inside = OURS + ".embedded." + server + "..";
      classes()
          .that()
          .resideInAPackage(inside)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(inside).or(not(resideInAnyPackage(OURS + ".."))))
          .because("a real server knows nothing of ours either")
          .allowEmptyShould(true)
          .check(main);
      // Classes of the root package start them and put their addresses in place.
      noClasses()
          .that()
          .resideOutsideOfPackages(inside, OURS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(inside)
          .because("the default and the real server must be exchangeable")
          .allowEmptyShould(true)
          .check(main);
    }
  }

  @Test
  void evaluation_isAClientLikeAnyOther() {
    classes()
        .that()
        .resideInAPackage(OURS + ".eval..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "com.fasterxml.jackson..", OURS + ".eval..").or(arrays()))
        .because("what it measures must be what a user gets")
        .check(main);
    noClasses()
        .that()
        .resideInAPackage(OURS + ".eval")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", OURS + ".eval.wire..")
        .because("who has asked the queries in another way scores the answers by the same values")
        .check(main);
  }

  @Test
  void bench_dependsOnNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(OURS + ".bench..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(OURS + "..").and(not(resideInAnyPackage(OURS + ".bench.."))))
        .because("what measures and torments knows its victims on the wire only")
        .check(main);
  }

  @Test
  void tools_areStartedByTheCommandLineOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(OURS + ".bench..", OURS + ".cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + ".bench..")
        .because("the bundle must not carry its own torments")
        .check(main);
    noClasses()
        .that(not(nameMatching(OURS.replace(".", "\\.") + "\\.App")))
        .and()
        .resideOutsideOfPackage(OURS + ".cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(OURS + ".cli..")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .because("a plain start does not load the command line")
        .check(main);
  }

  @Test
  void environment_isReadInConfigOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(OURS + ".config..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("application.properties is the one list of settings")
        .check(main);
  }

  @Test
  void names_sayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helper|Impl|Dto|Manager)")
        .because("find the noun it belongs to")
        .check(main);
  }

  @Test
  void tests_waitForConditionsNotForTime() {
    noClasses()
        .that(not(nameMatching(SLEEPERS)))
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class, int.class)
        .orShould()
        .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.mockito..")
        .because("use awaitility, a latch, the embedded server or a five-line fake")
        .check(tests);
  }

  @Test
  void packages_sayWhatTheyAreFor() throws IOException {
    Path root = Path.of("src/main/java");
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> without =
          files
              .filter(path -> path.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
              .toList();
      assertEquals(List.of(), without, "add a package-info.java of two sentences");
    }
  }

  /** Packages of ours by their names, others in full. */
  private static Map.Entry<String, Set<String>> entry(String capability, String... packages) {
    return Map.entry(
        capability,
        Stream.of(packages)
            .map(name -> name.matches("(com|org)\\..*") ? name : OURS + "." + name)
            .collect(Collectors.toSet()));
  }

  private static DescribedPredicate<JavaClass> camelTypes() {
    return DescribedPredicate.describe(
        "listed Camel types",
        type -> CAMEL_TYPES.containsKey(type.getName().replaceFirst("\\$.*", "")));
  }

  private static DescribedPredicate<JavaClass> arrays() {
    return DescribedPredicate.describe(
        "arrays of primitives",
        type -> type.isArray() && type.getBaseComponentType().isPrimitive());
  }
}
