package org.vexor.linux;

import java.util.concurrent.atomic.AtomicInteger;

/// The owner of one open file descriptor; closing it twice is harmless, so a number that the kernel
/// has given to somebody else in between is never closed.
///
/// Threading: any thread may close; the owner sees to it that nobody uses the number meanwhile.
public final class FileDescriptor implements AutoCloseable {
  private static final int CLOSED = -1;

  private final AtomicInteger number;
  private final String what;

  private FileDescriptor(int number, String what) {
    this.number = new AtomicInteger(number);
    this.what = what;
  }

  /// Takes ownership of a descriptor that a system call just gave.
  ///
  /// @param what what it is, for messages: "AF_XDP socket of eth0 queue 0"
  public static FileDescriptor own(long number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException(what + " is no open descriptor: " + number);
    }
    return new FileDescriptor(Math.toIntExact(number), what);
  }

  /// The kernel's number.
  ///
  /// @throws IllegalStateException when it has been closed
  public int number() {
    int current = number.getPlain();
    if (current == CLOSED) {
      throw new IllegalStateException(what + " is closed");
    }
    return current;
  }

  /// Whether it has not been closed.
  public boolean isOpen() {
    return number.get() != CLOSED;
  }

  /// Closes it once. Errors of close(2) are not reported: the number is gone in every case, and
  /// nothing here buffers writes.
  @Override
  public void close() {
    int current = number.getAndSet(CLOSED);
    if (current != CLOSED) {
      long _ = Syscall.CLOSE.call(current);
    }
  }

  @Override
  public String toString() {
    return what + " (fd " + number.get() + ")";
  }
}
