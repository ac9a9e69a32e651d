package org.vexor.linux.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Huge pages of 2 MiB.
///
/// @param total reserved by sysctl vm.nr_hugepages
/// @param free of those, not in use
/// @param transparent what the kernel does unasked: "always", "madvise", "never"; empty when it
///   does not say
public record HugePages(long total, long free, String transparent) {
  private static final String FOLDER = "sys/kernel/mm/hugepages/hugepages-2048kB/";
  private static final Pattern CHOSEN = Pattern.compile(".*\\[(\\w+)].*");

  /// Reads them; empty when this kernel has none of that size, or does not say.
  public static Optional<HugePages> read(HostFiles files) {
    Optional<Long> total = number(files, FOLDER + "nr_hugepages");
    Optional<Long> free = number(files, FOLDER + "free_hugepages");
    if (total.isEmpty() || free.isEmpty()) {
      return Optional.empty();
    }
    String transparent =
        files.read("sys/kernel/mm/transparent_hugepage/enabled").value().orElse("");
    Matcher matcher = CHOSEN.matcher(transparent);
    return Optional.of(
        new HugePages(total.get(), free.get(), matcher.matches() ? matcher.group(1) : ""));
  }

  private static Optional<Long> number(HostFiles files, String path) {
    return files.read(path).value().filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong);
  }
}
