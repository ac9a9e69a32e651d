package org.vexor.packet.socket;

import java.util.Optional;
import java.util.function.Consumer;
import org.vexor.linux.Errno;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortSetting;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.RingPort;
import org.vexor.packet.frame.SendRing;

/// One bound socket of an engine: where its datagrams go, and how others leave.
public final class SocketPort extends RingPort {
  private final BoundSocket socket;
  private final DatagramHandler handler;
  private final Consumer<SocketPort> closing;
  private final BatchSender sender;
  private Optional<ErrorReader> errors = Optional.empty();

  SocketPort(
      BoundSocket socket,
      EngineOptions options,
      DatagramHandler handler,
      TrafficCounters counters,
      Consumer<SocketPort> closing) {
    super(SendRing.allocate(options, counters), counters, options.maxPayloadBytes());
    this.socket = socket;
    this.handler = handler;
    this.closing = closing;
    sender = new BatchSender(socket, ring(), counters);
  }

  /// Who gets what is received.
  public DatagramHandler handler() {
    return handler;
  }

  /// The kernel's number of the socket, as long as the port is open.
  public int number() {
    return socket.number();
  }

  BoundSocket socket() {
    return socket;
  }

  @Override
  public Endpoint localEndpoint() {
    return socket.local();
  }

  @Override
  public int flush() {
    if (!isOpen()) {
      return 0;
    }
    int taken = sender.flush();
    if (sender.takeReported()) {
      socketError(Errno.ECONNREFUSED);
    }
    return taken;
  }

  /// The socket reported an error of something sent earlier; reading it cleared it.
  public void socketError(int errno) {
    if (errors.isPresent()) {
      errors.get().read(this, handler);
    } else if (errno == Errno.ECONNREFUSED) {
      handler.onPeerRefused(this);
    }
  }

  @Override
  public boolean connect(Endpoint peer) {
    socket.connect(peer);
    return true;
  }

  @Override
  public void disconnect() {
    socket.disconnect();
  }

  @Override
  public boolean set(PortSetting setting, int value) {
    socket.set(setting, value);
    if (setting == PortSetting.REPORT_UNDELIVERED) {
      errors = value == 0 ? Optional.empty() : Optional.of(new ErrorReader());
      sender.othersReported(value != 0);
    }
    return true;
  }

  @Override
  public boolean join(Endpoint group, int interfaceIndex) {
    socket.join(group, interfaceIndex);
    return true;
  }

  @Override
  public boolean leave(Endpoint group, int interfaceIndex) {
    socket.leave(group, interfaceIndex);
    return true;
  }

  /// Counts what the kernel dropped at this socket, as told by a datagram of it.
  ///
  /// @param counter what SO_RXQ_OVFL says there; negative when it says nothing
  public void countLost(long counter) {
    if (counter >= 0) {
      long lost = socket.lost(counter);
      if (lost > 0) {
        counters().dropped(DropReason.RECEIVE_BUFFER_FULL, lost);
      }
    }
  }

  /// Asks the kernel what it dropped at this socket, and counts that.
  void countLost() {
    countLost(socket.dropped());
  }

  @Override
  protected void release() {
    closing.accept(this);
    countLost();
    socket.close();
  }
}
