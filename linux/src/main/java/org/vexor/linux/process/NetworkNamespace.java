package org.vexor.linux.process;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;

/// A visit of the calling thread to another network namespace: sockets that it opens meanwhile
/// belong there for good. Closing brings the thread back.
///
/// ```java
/// try (var visit = NetworkNamespace.enter(Path.of("/run/netns/lab"))) { socket = open(); }
/// ```
///
/// Threading: for platform threads; enter and close on the same one. Needs CAP_SYS_ADMIN.
public final class NetworkNamespace implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x40000000;
  private static final int O_CLOEXEC = 0x80000;
  private static final int AT_FDCWD = -100;
  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  private final Thread visitor;
  private final FileDescriptor home;

  private NetworkNamespace(Thread visitor, FileDescriptor home) {
    this.visitor = visitor;
    this.home = home;
  }

  /// Moves the calling thread.
  ///
  /// @param path file of the namespace: /run/netns/NAME or /proc/PID/ns/net
  /// @throws KernelException when there is none, or without CAP_SYS_ADMIN
  public static NetworkNamespace enter(Path path) {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a virtual thread has no network namespace of its own");
    }
    FileDescriptor home = open(OWN);
    try (FileDescriptor target = open(path)) {
      move(target);
    } catch (KernelException e) {
      home.close();
      throw e;
    }
    return new NetworkNamespace(Thread.currentThread(), home);
  }

  private static void move(FileDescriptor namespace) {
    Syscall.SETNS.check(
        Syscall.SETNS.call(namespace.number(), CLONE_NEWNET), "entering " + namespace);
  }

  private static FileDescriptor open(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      long number =
          Syscall.OPENAT.call(
              AT_FDCWD, arena.allocateFrom(path.toString()).address(), O_CLOEXEC, 0);
      Syscall.OPENAT.check(number, "opening namespace " + path);
      return FileDescriptor.own(number, "network namespace " + path);
    }
  }

  /// Brings the thread back; harmless when called again.
  ///
  /// @throws IllegalStateException on another thread than the one that entered
  @Override
  public void close() {
    if (!home.isOpen()) {
      return;
    }
    if (Thread.currentThread() != visitor) {
      throw new IllegalStateException("only " + visitor + ", which entered, can come back");
    }
    move(home);
    home.close();
  }
}
