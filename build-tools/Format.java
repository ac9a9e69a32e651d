import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// Holds every Java file of the tree against google-java-format: `check` names the files that
/// differ and fails, `mend` rewrites them. A single-file program, run by the build with the JDK
/// that compiles.
final class Format {
  private static final Formatter FORMATTER =
      new Formatter(
          JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());

  public static void main(String[] arguments) throws IOException {
    boolean mend = arguments[0].equals("mend");
    Path root = Path.of(arguments[1]);
    var different = new ConcurrentLinkedQueue<Path>();
    sources(root).parallelStream().forEach(file -> process(file, mend, different));
    if (!different.isEmpty() && !mend) {
      different.stream()
          .sorted()
          .forEach(file -> System.err.println("not formatted: " + root.relativize(file)));
      System.err.println("to mend: mvn -N process-sources -Pformat");
      System.exit(1);
    }
    System.out.println((mend ? "formatted: " : "differing from the format: ") + different.size());
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static void process(Path file, boolean mend, ConcurrentLinkedQueue<Path> different) {
    try {
      String source = Files.readString(file);
      String formatted =
          FORMATTER.formatSource(
              RemoveUnusedImports.removeUnusedImports(
                  ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE)));
      if (!formatted.equals(source)) {
        different.add(file);
        if (mend) {
          Files.writeString(file, formatted);
        }
      }
    } catch (IOException | FormatterException e) {
      System.err.println(file + ": " + e.getMessage());
      different.add(file);
    }
  }
}
