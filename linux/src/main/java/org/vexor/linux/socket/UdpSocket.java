package org.vexor.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;

/// A non-blocking UDP socket in the calling thread's network namespace.
///
/// Set-up methods throw [KernelException]; packets go by [ReceiveBatch] and [SendBatch] with
/// [#number()]. Closing twice is harmless; whoever closes sees that no thread uses it meanwhile.
public final class UdpSocket implements AutoCloseable {
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_MEMINFO = 55;

  /// SK_MEMINFO_VARS and SK_MEMINFO_DROPS of linux/sock_diag.h.
  private static final int MEMINFO_COUNTS = 9;

  private static final int MEMINFO_DROPS = 8;
  private static final int IP_ADD_MEMBERSHIP = 35;
  private static final int IP_DROP_MEMBERSHIP = 36;
  private static final int IPV6_ADD_MEMBERSHIP = 20;
  private static final int IPV6_DROP_MEMBERSHIP = 21;

  /// The counts of SO_MEMINFO and their length.
  private final MemorySegment memory = Arena.ofAuto().allocate(JAVA_INT, MEMINFO_COUNTS + 1);

  private final FileDescriptor descriptor;
  private final AddressFamily family;

  private UdpSocket(FileDescriptor descriptor, AddressFamily family) {
    this.descriptor = descriptor;
    this.family = family;
  }

  /// Opens one. An INET6 socket takes IPv4 too unless [SocketOption#IPV6_V6ONLY] is set.
  public static UdpSocket open(AddressFamily family) {
    int type = SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    String what = "UDP socket (" + family + ")";
    long number = Syscall.SOCKET.check(Syscall.SOCKET.call(family.number(), type, 0), what);
    return new UdpSocket(FileDescriptor.own(number, what), family);
  }

  public AddressFamily family() {
    return family;
  }

  /// The kernel's descriptor number.
  public int number() {
    return descriptor.number();
  }

  /// The owner of the number, for other facilities (io_uring, poll).
  public FileDescriptor descriptor() {
    return descriptor;
  }

  /// Binds it; port 0 lets the kernel choose.
  ///
  /// @param high upper half of the address, see [SocketAddress]
  /// @param low lower half
  public void bind(long high, long low, int port) {
    name(Syscall.BIND, high, low, port);
  }

  /// Fixes the peer: others' datagrams are refused, sends need no address, ICMP errors are
  /// reported.
  public void connect(long high, long low, int port) {
    name(Syscall.CONNECT, high, low, port);
  }

  /// Undoes [#connect].
  public void disconnect() {
    try (Arena arena = Arena.ofConfined()) {
      // All zero: family AF_UNSPEC (connect(2)).
      MemorySegment name = arena.allocate(SocketAddress.MAX_BYTES, 8);
      long result = Syscall.CONNECT.call(number(), name.address(), SocketAddress.MAX_BYTES);
      long _ = Syscall.CONNECT.check(result, descriptor + " to nobody");
    }
  }

  private void name(Syscall call, long high, long low, int port) {
    String what = descriptor + " to " + SocketAddress.text(high, low, port);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SocketAddress.MAX_BYTES, 8);
      int length = SocketAddress.write(name, 0, family, high, low, port);
      if (length < 0) {
        throw new KernelException(
            call.kernelName(), Errno.EAFNOSUPPORT, what, "open the socket as INET6");
      }
      long _ = call.check(call.call(number(), name.address(), length), what);
    }
  }

  /// The upper half of the address it is bound to.
  public long localHigh() {
    return SocketAddress.high(localName(), 0);
  }

  /// The lower half of the address it is bound to.
  public long localLow() {
    return SocketAddress.low(localName(), 0);
  }

  /// The port it is bound to; 0 when it is not.
  public int localPort() {
    return SocketAddress.port(localName(), 0);
  }

  private MemorySegment localName() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(SocketAddress.MAX_BYTES, 8);
      MemorySegment length = arena.allocateFrom(JAVA_INT, SocketAddress.MAX_BYTES);
      long _ =
          Syscall.GETSOCKNAME.check(
              Syscall.GETSOCKNAME.call(number(), name.address(), length.address()),
              "local address of " + descriptor);
      return MemorySegment.ofArray(name.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /// Sets an option and throws when the kernel refuses.
  public void set(SocketOption option, int value) {
    long _ = Syscall.SETSOCKOPT.check(trySet(option, value), option + "=" + value);
  }

  /// Sets an option; 0 or `-errno`, for those that need a newer kernel or a capability.
  public int trySet(SocketOption option, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cell = arena.allocateFrom(JAVA_INT, value);
      return (int)
          Syscall.SETSOCKOPT.call(number(), option.level(), option.number(), cell.address(), 4);
    }
  }

  /// Reads an option.
  public int get(SocketOption option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cell = arena.allocate(JAVA_INT);
      MemorySegment length = arena.allocateFrom(JAVA_INT, 4);
      long result =
          Syscall.GETSOCKOPT.call(
              number(), option.level(), option.number(), cell.address(), length.address());
      long _ = Syscall.GETSOCKOPT.check(result, option + " of " + descriptor);
      return cell.get(JAVA_INT, 0);
    }
  }

  /// Datagrams that the kernel dropped at this socket, in most cases for want of buffer: the
  /// counter of SO_RXQ_OVFL without a datagram that carries it (SO_MEMINFO, since 4.12). Allocates
  /// nothing.
  ///
  /// @return an unsigned counter of 32 bits, or `-errno`
  public long dropped() {
    memory.setAtIndex(JAVA_INT, MEMINFO_COUNTS, Integer.BYTES * MEMINFO_COUNTS);
    long length = memory.address() + Integer.BYTES * MEMINFO_COUNTS;
    long result =
        Syscall.GETSOCKOPT.call(number(), SOL_SOCKET, SO_MEMINFO, memory.address(), length);
    return result < 0 ? result : Integer.toUnsignedLong(memory.getAtIndex(JAVA_INT, MEMINFO_DROPS));
  }

  /// Joins a multicast group on an interface.
  public void joinMulticast(long high, long low, int interfaceIndex) {
    membership(high, low, interfaceIndex, true);
  }

  /// Leaves a group that was joined on that interface.
  public void leaveMulticast(long high, long low, int interfaceIndex) {
    membership(high, low, interfaceIndex, false);
  }

  private void membership(long high, long low, int interfaceIndex, boolean join) {
    boolean ipv4 = SocketAddress.isIpv4(high, low);
    int option =
        ipv4
            ? (join ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP)
            : (join ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP);
    String what =
        (join ? "join of " : "leave of ")
            + SocketAddress.text(high, low, 0)
            + " on interface "
            + interfaceIndex;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(20, 4);
      if (ipv4) {
        // struct ip_mreqn: group, local address, interface index (linux/in.h).
        request.set(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), 0, (int) low);
        request.set(JAVA_INT, 8, interfaceIndex);
      } else {
        // struct ipv6_mreq: group, interface index (linux/in6.h).
        var network = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
        request.set(network, 0, high);
        request.set(network, 8, low);
        request.set(JAVA_INT, 16, interfaceIndex);
      }
      setStructure(ipv4 ? 0 : 41, option, request, ipv4 ? 12 : 20, what);
    }
  }

  /// Chooses the interface that IPv4 multicast leaves by; an IPv6 socket takes
  /// [SocketOption#IPV6_MULTICAST_IF] as an int.
  public void multicastInterface(int interfaceIndex) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(12, 4);
      request.set(JAVA_INT, 8, interfaceIndex);
      setStructure(
          SocketOption.IP_MULTICAST_IF.level(),
          SocketOption.IP_MULTICAST_IF.number(),
          request,
          12,
          "IP_MULTICAST_IF=" + interfaceIndex);
    }
  }

  private void setStructure(int level, int option, MemorySegment value, int bytes, String what) {
    long result = Syscall.SETSOCKOPT.call(number(), level, option, value.address(), bytes);
    long _ = Syscall.SETSOCKOPT.check(result, what);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
