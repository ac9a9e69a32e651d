package org.vexor.packet.connected;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.process.EpollSet;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SocketOption;
import org.vexor.linux.socket.UdpSocket;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.packet.TrafficCounters;

/// The connected sockets of one engine. Owned by its thread; the counters may be read on any.
public final class ConnectedSockets implements AutoCloseable {
  /// Bytes before each received payload that its taker may use for headers.
  public static final int HEADROOM = 64;

  /// Sockets served in a turn; those left are the first in the next one.
  private static final int READY = 128;

  /// No UDP payload is longer.
  static final int MESSAGE_BYTES = 65_536;

  /// What the system keeps of a peer's burst; as much as sysctl net.core.rmem_max allows.
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private final EpollSet epoll = new EpollSet(READY);
  private final TrafficCounters counters = new TrafficCounters();
  private final Staging staging = new Staging();
  private final ConnectedSender sender = new ConnectedSender(staging, counters);
  private final ConnectedReceiver receiver = new ConnectedReceiver(counters);
  private final List<ConnectedSocket> waiting = new ArrayList<>();
  private ConnectedSocket[] sockets = new ConnectedSocket[64];
  private final List<Integer> free = new ArrayList<>();
  private int highest;
  private final AtomicInteger open = new AtomicInteger();
  private boolean closed;

  /// @throws KernelException when the kernel gives no epoll instance (too many open files)
  public ConnectedSockets() {}

  /// Opens a socket to `peer`, from a port number that the kernel chooses.
  ///
  /// @throws PortException when there is no way to the peer, or no descriptor left; the message
  ///   says so
  public ConnectedSocket open(Endpoint peer, PeerHandler handler) {
    if (closed) {
      throw new PortException("no socket to " + peer + ": the engine is closed");
    }
    UdpSocket socket = null;
    try {
      socket = UdpSocket.open(peer.isIpv4() ? AddressFamily.INET : AddressFamily.INET6);
      setUp(socket, peer);
      int index = free.isEmpty() ? highest++ : free.removeLast();
      if (index == sockets.length) {
        sockets = Arrays.copyOf(sockets, 2 * sockets.length);
      }
      epoll.add(socket.descriptor(), EpollSet.EPOLLIN, index);
      var local = new Endpoint(socket.localHigh(), socket.localLow(), socket.localPort());
      var opened = new ConnectedSocket(this, socket, local, peer, handler, index);
      sockets[index] = opened;
      int _ = open.incrementAndGet();
      return opened;
    } catch (KernelException e) {
      if (socket != null) {
        socket.close();
      }
      throw PortException.of("socket to " + peer, e);
    }
  }

  private static void setUp(UdpSocket socket, Endpoint peer) {
    boolean ipv4 = peer.isIpv4();
    socket.set(
        ipv4 ? SocketOption.IP_MTU_DISCOVER : SocketOption.IPV6_MTU_DISCOVER,
        SocketOption.PMTUDISC_DO);
    socket.set(SocketOption.SO_RXQ_OVFL, 1);
    // Since Linux 5.0; without it datagrams come one by one.
    int _ = socket.trySet(SocketOption.UDP_GRO, 1);
    // Less is taken without a word when the limit is lower.
    socket.set(SocketOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    socket.connect(peer.high(), peer.low(), peer.port());
  }

  /// Open sockets. Any thread.
  public int open() {
    return open.get();
  }

  /// The sum over all sockets that were ever open. Any thread.
  public TrafficCounters counters() {
    return counters;
  }

  /// The memory that every received payload lies in, as its positions count; the same for the life
  /// of these sockets.
  public ByteBuffer memory() {
    return receiver.memory();
  }

  /// Ready when a socket is, for those who sleep.
  FileDescriptor file() {
    return epoll.file();
  }

  boolean stage(ConnectedSocket socket, ByteBuffer payload) {
    int length = payload.remaining();
    if (length > MESSAGE_BYTES) {
      counters.dropped(DropReason.SEND_TOO_LARGE, 1);
      return false;
    }
    if (!staging.hasRoom(length)) {
      int _ = flush();
      if (socket.isClosed()) {
        counters.dropped(DropReason.PORT_CLOSED, 1);
        return false;
      }
    }
    if (socket.tail == Staging.NONE) {
      waiting.add(socket);
    }
    staging.add(socket, payload);
    return true;
  }

  /// Sends all that is staged.
  ///
  /// @return datagrams that the kernel took
  public int flush() {
    if (staging.isEmpty()) {
      return 0;
    }
    int sent = 0;
    // A handler that is told of a failure may send, to sockets further down the list, too.
    for (int i = 0; i < waiting.size(); i++) {
      sent += sender.send(waiting.get(i));
    }
    waiting.clear();
    staging.clear();
    return sent;
  }

  /// Receives from the sockets that are ready, each until it has no more or has had its turn.
  ///
  /// @return datagrams received
  public int receive() {
    if (open.getPlain() == 0) {
      return 0;
    }
    int ready = epoll.poll();
    int work = 0;
    for (int i = 0; i < ready; i++) {
      ConnectedSocket socket = sockets[(int) epoll.data(i)];
      if (socket != null && !socket.isClosed()) {
        work += receiver.receive(socket);
      }
    }
    return work;
  }

  void closed(ConnectedSocket socket) {
    sockets[socket.index()] = null;
    free.add(socket.index());
    int _ = open.decrementAndGet();
    sender.drop(socket.head);
    socket.head = Staging.NONE;
    if (socket.tail != Staging.NONE) {
      waiting.remove(socket);
      socket.tail = Staging.NONE;
    }
  }

  /// Closes all sockets.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (ConnectedSocket socket : sockets) {
        if (socket != null) {
          socket.close();
        }
      }
      epoll.close();
    }
  }
}
