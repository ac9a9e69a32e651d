package org.vexor.linux.uring;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SendBatch;
import org.vexor.linux.socket.SocketAddress;
import org.vexor.linux.socket.UdpSocket;

/// Whether io_uring can receive UDP here, found out by doing it: the kernel's own list of
/// operations does not tell multishot requests.
public sealed interface UringProbe {
  /// It received.
  ///
  /// @param mode what the kernel gave, as [IoUring#mode]
  record Supported(String mode) implements UringProbe {}

  /// It cannot.
  ///
  /// @param remedy what to type or change; empty when nothing is known to help
  record Unsupported(String reason, String remedy) implements UringProbe {}

  /// It could not be tried.
  record Unknown(String why) implements UringProbe {}

  /// Sends a datagram to itself over the loopback interface; takes well below a millisecond, and a
  /// second when it does not come.
  static UringProbe run() {
    try (UdpSocket socket = UdpSocket.open(AddressFamily.INET)) {
      socket.bind(0, SocketAddress.MAPPED_PREFIX | 0x7f000001, 0);
      return receive(socket);
    } catch (KernelException e) {
      return new Unknown("no UDP socket on the loopback interface: " + e.getMessage());
    }
  }

  private static UringProbe receive(UdpSocket socket) {
    long second = 1_000_000_000L;
    int bytes = MultishotReceive.PAYLOAD + 8;
    try (Arena arena = Arena.ofConfined();
        IoUring ring = IoUring.open(4, 8);
        BufferRing buffers = new BufferRing(ring, 2, 0)) {
      MemorySegment memory = arena.allocate(2L * bytes, 8);
      buffers.add(memory.address(), bytes, 0);
      buffers.add(memory.address() + bytes, bytes, 1);
      buffers.publish();
      ring.enable();
      boolean armed = new MultishotReceive(arena).arm(ring, socket.number(), buffers, 1);
      int entered = ring.enter();
      if (!armed || entered != 1) {
        return refused("io_uring_enter gave " + describe(entered));
      }
      var batch = new SendBatch(arena, 1, AddressFamily.INET);
      boolean named = batch.set(0, memory, 0, 8, 0, socket.localLow(), socket.localPort());
      int sent = batch.send(socket.number(), 0, 1);
      if (!named || sent != 1) {
        return new Unknown("sending over the loopback interface gave " + describe(sent));
      }
      int waited = ring.enter(1, second);
      UringProbe found = judge(ring, waited);
      int _ = ring.cancel(1);
      return found;
    } catch (KernelException e) {
      return new Unsupported(e.failure(), e.remedy());
    }
  }

  private static UringProbe judge(IoUring ring, int waited) {
    if (ring.available() == 0) {
      return new Unknown("nothing came within a second; io_uring_enter gave " + describe(waited));
    }
    int result = ring.result(0);
    if (result != MultishotReceive.PAYLOAD + 8) {
      return refused("a multishot recvmsg gave " + describe(result));
    }
    return (ring.flags(0) & IoUring.CQE_F_MORE) == 0
        ? refused("a multishot recvmsg ended after one datagram")
        : new Supported(ring.mode());
  }

  private static UringProbe refused(String reason) {
    return new Unsupported(reason, "run Linux 6.0 or newer");
  }

  private static String describe(int result) {
    return result < 0 ? Errno.name(-result) : Integer.toString(result);
  }
}
