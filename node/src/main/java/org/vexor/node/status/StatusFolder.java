package org.vexor.node.status;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The folder of this user's sockets, one for each running process: `PID.sock`. Nobody else can
/// enter it.
///
/// | user | folder |
/// |---|---|
/// | root | `/run/vexor` |
/// | with XDG_RUNTIME_DIR | `$XDG_RUNTIME_DIR/vexor` |
/// | others | `/tmp/vexor-UID` |
final class StatusFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final String SUFFIX = ".sock";

  private final Path folder;

  StatusFolder(Path folder) {
    this.folder = folder;
  }

  /// That of the user of this process.
  static StatusFolder ofThisUser() {
    return new StatusFolder(place(uid(), System.getenv(), Path.of("/")));
  }

  /// @param root of the file system, so that a test can have its own
  static Path place(long uid, Map<String, String> environment, Path root) {
    if (uid == 0) {
      return root.resolve("run/vexor");
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return runtime.isEmpty()
        ? root.resolve("tmp/vexor-" + uid)
        : root.resolve(Path.of("/").relativize(Path.of(runtime))).resolve("vexor");
  }

  private static long uid() {
    try {
      return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    } catch (IOException | UnsupportedOperationException e) {
      // Only a part of a name where there is no /proc: any that is the same each time will do.
      return Integer.toUnsignedLong(System.getProperty("user.name", "").hashCode());
    }
  }

  Path path() {
    return folder;
  }

  /// The socket of a process.
  Path socket(long pid) {
    return folder.resolve(pid + SUFFIX);
  }

  /// Makes the folder if it is not there.
  ///
  /// @throws StatusException when it cannot be made, or is another's or open to others
  void prepare() throws StatusException {
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      requirePrivate(folder);
    } catch (IOException | UnsupportedOperationException e) {
      throw new StatusException("folder " + folder + " cannot be made: " + e, e);
    }
  }

  /// @throws StatusException unless it is a folder of this user that nobody else can enter
  static void requirePrivate(Path folder) throws StatusException {
    try {
      PosixFileAttributes found =
          Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean ours = found.owner().equals(Files.getOwner(Path.of("/proc/self")));
      if (!found.isDirectory() || !ours || !found.permissions().equals(OWNER_ONLY)) {
        throw new StatusException(
            "%s is not a folder that only you can enter; to mend: chmod 700 %s, or remove it"
                .formatted(folder, folder));
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new StatusException("folder " + folder + " cannot be looked at: " + e, e);
    }
  }

  /// Sockets of processes that are alive, by process; those of dead ones are removed.
  ///
  /// @throws StatusException when the folder cannot be read
  List<Path> alive() throws StatusException {
    List<Path> alive = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return alive;
    }
    try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path socket : sockets) {
        String name = socket.getFileName().toString();
        String pid = name.substring(0, name.length() - SUFFIX.length());
        if (pid.matches("\\d{1,9}") && ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
          alive.add(socket);
        } else {
          Files.deleteIfExists(socket);
        }
      }
    } catch (IOException e) {
      throw new StatusException("folder " + folder + " cannot be read: " + e, e);
    }
    alive.sort(null);
    return alive;
  }
}
