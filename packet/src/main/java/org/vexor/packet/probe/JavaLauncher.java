package org.vexor.packet.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vexor.linux.KernelException;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.process.FileCapabilities;

/// The `java` program that runs us, as far as capabilities can be given to it.
///
/// A program with file capabilities is started in secure mode (AT_SECURE): the loader then ignores
/// LD_LIBRARY_PATH, and `$ORIGIN` in its library path unless that lies under one of the loader's
/// system folders (glibc, elf/dl-load.c). Those of Debian are /lib and /usr/lib, so a JDK under
/// /usr/lib/jvm starts there; others have /lib64 and /usr/lib64. Elsewhere java says "libjli.so:
/// cannot open shared object file" until its folder is in /etc/ld.so.conf.d.
///
/// @param program the real file, links followed
/// @param capabilities what the file gives; empty when it gives none
/// @param nosuid whether its file system is mounted so that they are ignored
/// @param findable whether the loader finds `libjli.so` also in secure mode
public record JavaLauncher(
    Path program, Optional<FileCapabilities> capabilities, boolean nosuid, boolean findable) {
  private static final List<String> SYSTEM_FOLDERS = List.of("/lib/", "/usr/lib/");
  private static final int MOUNT_POINT = 1;
  private static final int MOUNT_OPTIONS = 3;

  /// That of the running process; empty when it was not started by one.
  public static Optional<JavaLauncher> here(HostFiles files) {
    return at(Path.of(System.getProperty("java.home", "/"), "bin", "java"), files);
  }

  /// That of a JDK; empty when there is no such file.
  static Optional<JavaLauncher> at(Path java, HostFiles files) {
    try {
      Path program = java.toRealPath();
      return Optional.of(
          new JavaLauncher(
              program,
              FileCapabilities.of(program),
              isNosuid(program, files),
              isFindable(libraries(program), files)));
    } catch (IOException | KernelException e) {
      return Optional.empty();
    }
  }

  private static Path libraries(Path program) {
    Path home = program.resolveSibling("..").normalize();
    return home.resolve("lib");
  }

  /// The folder with its `libjli.so`.
  public Path libraries() {
    return libraries(program);
  }

  private static boolean isNosuid(Path program, HostFiles files) {
    String longest = "";
    boolean nosuid = false;
    for (String line : files.read("proc/self/mounts").value().orElse("").lines().toList()) {
      String[] fields = line.split(" ", -1);
      if (fields.length > MOUNT_OPTIONS
          && program.startsWith(fields[MOUNT_POINT])
          && fields[MOUNT_POINT].length() >= longest.length()) {
        longest = fields[MOUNT_POINT];
        nosuid = List.of(fields[MOUNT_OPTIONS].split(",", -1)).contains("nosuid");
      }
    }
    return nosuid;
  }

  private static boolean isFindable(Path libraries, HostFiles files) {
    // An entry in /etc/ld.so.conf.d counts once ldconfig has put it into the cache: a file of paths
    // that end with a zero byte.
    String cache = files.read("etc/ld.so.cache").value().orElse("");
    boolean system =
        files.has("etc/debian_version")
            && SYSTEM_FOLDERS.stream().anyMatch(libraries.toString()::startsWith);
    return system || cache.contains(libraries.resolve("libjli.so") + "\0");
  }
}
