package org.vexor.packet.probe;

import java.lang.foreign.Arena;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.ReceiveBatch;
import org.vexor.linux.socket.SendBatch;
import org.vexor.linux.socket.UdpSocket;

/// Whether datagrams can be moved in batches by system calls: every kernel of today can, not every
/// seccomp profile lets it.
public final class BatchSupport {
  private static final int MESSAGE_BYTES = 64;

  private final Privileges privileges;
  private final Refusals refusals;

  public BatchSupport(Privileges privileges, CapabilityRemedy remedy) {
    this.privileges = privileges;
    refusals = new Refusals(privileges, remedy);
  }

  /// Receives from a socket that nobody can send to, and sends nothing.
  public Probe move() {
    Optional<Probe.Unsupported> deadly =
        DeadlyCalls.of(privileges).among(privileges, Syscall.RECVMMSG, Syscall.SENDMMSG);
    if (deadly.isPresent()) {
      return deadly.get();
    }
    try (UdpSocket socket = UdpSocket.open(AddressFamily.INET);
        Arena arena = Arena.ofConfined()) {
      int received = new ReceiveBatch(arena, 1, MESSAGE_BYTES).receive(socket.number(), 1);
      if (received < 0 && received != -Errno.EAGAIN) {
        return refusals.judge(refused("recvmmsg", -received));
      }
      int sent = new SendBatch(arena, 1, AddressFamily.INET).send(socket.number(), 0, 0);
      return sent < 0
          ? refusals.judge(refused("sendmmsg", -sent))
          : new Probe.Supported("recvmmsg/sendmmsg");
    } catch (KernelException e) {
      return refusals.judge(e);
    }
  }

  private static KernelException refused(String call, int errno) {
    return new KernelException(call, errno, "moving UDP datagrams in batches", "");
  }
}
