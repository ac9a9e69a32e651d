package org.vexor.linux.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The kernel's files under a root folder.
///
/// @param root `/`, or a folder that stands for it in a test
public record HostFiles(Path root) {
  private static final int BUFFER_BYTES = 1 << 16;

  /// Those of this host.
  public static HostFiles here() {
    return new HostFiles(Path.of("/"));
  }

  /// Reads a file.
  ///
  /// @param path without the leading slash: "proc/meminfo"
  public Reading read(String path) {
    Path file = root.resolve(path);
    try {
      return new Reading.Value(text(file));
    } catch (NoSuchFileException e) {
      return new Reading.Absent();
    } catch (AccessDeniedException e) {
      return new Reading.Refused("no permission to read /" + path);
    } catch (FileSystemException e) {
      // "Not a directory": a file stands where a folder was looked for.
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          ? new Reading.Refused("reading /" + path + ": " + e.getReason())
          : new Reading.Absent();
    } catch (IOException e) {
      return new Reading.Refused("reading /" + path + ": " + e.getMessage());
    }
  }

  /// Reads with a large buffer from the start on: a numeric setting gives its text to the first
  /// read only, however short that is, and then says that it is over (proc_dointvec).
  private static String text(Path file) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (channel.read(buffer) >= 0) {
        text.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    }
    // ISO-8859-1 takes every byte: what the kernel writes is ASCII, names of others may be not.
    return text.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /// Reads a kernel setting.
  ///
  /// @param name as `sysctl` has it: "kernel.io_uring_disabled"
  public Reading sysctl(String name) {
    return read("proc/sys/" + name.replace('.', '/'));
  }

  /// Whether a file or folder is there, as far as we may see.
  public boolean has(String path) {
    return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  /// The names in a folder; none when there is no such folder or we may not look.
  public List<String> names(String path) {
    try (Stream<Path> entries = Files.list(root.resolve(path))) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
