package org.vexor.linux.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;

/// One netlink(7) socket in the network namespace of the thread that opened it; requests and their
/// answers.
///
/// Set-up path: throws [KernelException]. One thread at a time.
final class NetlinkSocket implements AutoCloseable {
  static final int NETLINK_ROUTE = 0;
  static final int NETLINK_GENERIC = 16;

  static final int NLM_F_REQUEST = 1;
  static final int NLM_F_ACK = 4;
  static final int NLM_F_DUMP = 0x300;
  static final int NLM_F_CREATE = 0x400;

  static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_TRUNC = 0x20;
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;

  /// sockaddr_nl: family 0:2, port 4:4, groups 8:4.
  private static final int NAME_BYTES = 12;

  private static final int NAME_PORT = 4;
  private static final int NAME_GROUPS = 8;

  /// A dump is whole within a few attempts unless the table never rests; then its reader is told.
  private static final int DUMP_ATTEMPTS = 8;

  /// The kernel puts at most 32 KiB of a dump into a datagram (netlink_recvmsg caps
  /// max_recvmsg_len).
  private static final int BUFFER_BYTES = 1 << 16;

  /// A kernel that does not answer within this time is reported rather than waited for.
  private static final long ANSWER_LIMIT_SECONDS = 5;

  private final FileDescriptor descriptor;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);

  /// sockaddr_nl of the sender, then its length.
  private final MemorySegment sender = arena.allocate(NAME_BYTES + 4, 8);

  private int sequence;

  private NetlinkSocket(FileDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /// Opens one.
  ///
  /// @param groups the RTMGRP_ bits to subscribe to, 0 for none
  static NetlinkSocket open(int protocol, int groups) {
    String what = "netlink socket of protocol " + protocol;
    long number =
        Syscall.SOCKET.check(Syscall.SOCKET.call(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol), what);
    NetlinkSocket socket = new NetlinkSocket(FileDescriptor.own(number, what));
    try {
      socket.bind(groups, what);
      return socket;
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  private void bind(int groups, String what) {
    sender.set(JAVA_INT, 0, AF_NETLINK);
    sender.set(JAVA_INT, NAME_GROUPS, groups);
    int number = descriptor.number();
    long _ = Syscall.BIND.check(Syscall.BIND.call(number, sender.address(), NAME_BYTES), what);
    buffer.set(JAVA_LONG, 0, ANSWER_LIMIT_SECONDS);
    buffer.set(JAVA_LONG, 8, 0);
    long _ =
        Syscall.SETSOCKOPT.check(
            Syscall.SETSOCKOPT.call(number, SOL_SOCKET, SO_RCVTIMEO, buffer.address(), 16), what);
  }

  FileDescriptor file() {
    return descriptor;
  }

  /// All messages of a dump, taken again while the kernel says that it changed under way.
  List<Message> dump(Request request) {
    return untilWhole(request, () -> exchange(request));
  }

  /// The answers to a request that is acknowledged or refused.
  List<Message> request(Request request) {
    return exchange(request).messages();
  }

  static List<Message> untilWhole(Request request, Supplier<Answers> dump) {
    for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      Answers answers = dump.get();
      if (!answers.isInterrupted()) {
        return answers.messages();
      }
    }
    // EINTR is what libmnl gives for NLM_F_DUMP_INTR.
    throw new KernelException(
        "netlink",
        Errno.EINTR,
        request + " changed under way each of " + DUMP_ATTEMPTS + " times",
        "find out with `ip monitor` who changes it so often, or read it later");
  }

  private Answers exchange(Request request) {
    String what = request.toString();
    byte[] bytes = request.encode(++sequence);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buffer, 0, bytes.length);
    long _ =
        Syscall.SENDTO.check(
            Syscall.SENDTO.call(descriptor.number(), buffer.address(), bytes.length, 0, 0, 0),
            what);
    Answers answers = new Answers(what, sequence);
    boolean last = false;
    while (!last) {
      long length = receive(0);
      // SO_RCVTIMEO ends with EAGAIN; "timed out" is what that means here.
      long _ = Syscall.RECVFROM.check(length == -Errno.EAGAIN ? -Errno.ETIMEDOUT : length, what);
      for (Message message : messages((int) length)) {
        last |= answers.accept(message);
      }
    }
    return answers;
  }

  /// Waits for a datagram, or only looks with MSG_DONTWAIT, and keeps it for [#messages].
  ///
  /// @return its length; 0 when it is not from the kernel; `-errno`: EAGAIN for none, ENOBUFS when
  ///   the kernel had to drop events, EMSGSIZE when it is longer than any datagram should be
  long receive(int flags) {
    while (true) {
      sender.set(JAVA_INT, NAME_BYTES, NAME_BYTES);
      long length =
          Syscall.RECVFROM.call(
              descriptor.number(),
              buffer.address(),
              BUFFER_BYTES,
              flags | MSG_TRUNC,
              sender.address(),
              sender.address() + NAME_BYTES);
      if (length == -Errno.EINTR) {
        continue;
      }
      if (length < 0) {
        return length;
      }
      if (sender.get(JAVA_INT, NAME_PORT) != 0) {
        return 0; // another process that may: what it says is no fact of the kernel
      }
      return length > BUFFER_BYTES ? -Errno.EMSGSIZE : length;
    }
  }

  /// The messages of the datagram that [#receive] got.
  List<Message> messages(int length) {
    byte[] copy = new byte[length];
    MemorySegment.copy(buffer, 0, MemorySegment.ofArray(copy), 0, length);
    return Message.split(new Bytes(copy));
  }

  @Override
  public void close() {
    descriptor.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
