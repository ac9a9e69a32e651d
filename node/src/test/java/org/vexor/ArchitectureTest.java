package org.vexor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the code against docs/architecture.md: who may know whom, and the shape of packages and
/// files.
final class ArchitectureTest {
  /// Each floor and what it may see besides itself and the JDK's and third parties' packages.
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("linux", Set.of()),
          Map.entry("packet", Set.of("linux")),
          Map.entry("netty", Set.of("linux", "packet")),
          Map.entry("quic", Set.of("linux", "packet", "netty")),
          Map.entry("masque", Set.of("linux", "packet", "netty", "quic")),
          Map.entry("solana", Set.of()),
          Map.entry("gossip", Set.of("solana", "packet")),
          Map.entry("turbine", Set.of("solana", "packet")),
          Map.entry("tpu", Set.of("solana", "packet", "netty", "quic")),
          Map.entry("localnet", Set.of("solana", "packet", "quic", "gossip", "turbine", "tpu")),
          Map.entry(
              "node",
              Set.of(
                  "linux",
                  "packet",
                  "netty",
                  "quic",
                  "masque",
                  "solana",
                  "gossip",
                  "turbine",
                  "tpu",
                  "localnet")),
          Map.entry("testkit", Set.of("linux", "packet", "solana")));

  private static final int LONGEST_FILE_LINES = 400;

  /// Longer files, each with its reason.
  private static final Map<String, String> LONG_FOR_A_REASON =
      Map.of(
          "PacketPortContract.java", "a contract is one class that each implementation inherits");

  private static JavaClasses vexor;
  private static Path root;

  @BeforeAll
  static void readTheHouse() {
    vexor =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.vexor");
    root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("vexor"))) {
      root = root.getParent();
    }
  }

  @Test
  void aFloorSeesOnlyWhatItsArrowsAllow() {
    ARROWS.forEach(
        (floor, seen) -> {
          List<String> forbidden =
              ARROWS.keySet().stream()
                  .filter(other -> !other.equals(floor) && !seen.contains(other))
                  .map(other -> "org.vexor." + other + "..")
                  .toList();
          noClasses()
              .that()
              .resideInAPackage("org.vexor." + floor + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden.toArray(String[]::new))
              .allowEmptyShould(true)
              .check(vexor);
        });
  }

  @Test
  void everyPackageBelongsToAFloor() {
    Set<String> floors = new TreeSet<>();
    vexor.forEach(type -> floors.add(type.getPackageName().split("\\.", -1)[2]));
    floors.removeAll(ARROWS.keySet());
    assertEquals(Set.of(), floors, "packages that ARROWS does not know");
    assertTrue(vexor.contain("org.vexor.node.Main"), "the importer saw the program");
  }

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices().matching("org.vexor.(**)").should().beFreeOfCycles().check(vexor);
  }

  @Test
  void onlyLinuxCallsForeignFunctions() {
    noClasses()
        .that(not(resideInAPackage("org.vexor.linux..")))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .check(vexor);
  }

  @Test
  void onlyTheFloorsOfStreamsAndTheProgramsServersKnowNetty() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    "org.vexor.netty..",
                    "org.vexor.quic..",
                    "org.vexor.masque..",
                    "org.vexor.node..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(vexor);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        vexor.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(type -> !type.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertEquals(List.of(), unmarked, "packages without a @NullMarked package-info.java");
  }

  @Test
  void classesAreNamedForWhatTheyAre() {
    classes().should().haveNameNotMatching(".*(Util|Utils|Manager|Helper)(\\$.*)?").check(vexor);
  }

  @Test
  void filesAreShortEnoughToRead() throws IOException {
    var tooLong = new ArrayList<String>();
    for (Path file : javaFiles()) {
      long lines = lineCount(file);
      if (lines > LONGEST_FILE_LINES
          && !LONG_FOR_A_REASON.containsKey(file.getFileName().toString())) {
        tooLong.add(root.relativize(file) + ": " + lines + " lines");
      }
    }
    assertEquals(List.of(), tooLong, "files over " + LONGEST_FILE_LINES + " lines");
  }

  private static List<Path> javaFiles() throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean ours = folder.equals(root) || !(name.startsWith(".") || name.equals("target"));
            return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static long lineCount(Path file) {
    try (var lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
