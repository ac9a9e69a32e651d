package org.vexor.packet.xdp.device;

import org.vexor.linux.FileDescriptor;
import org.vexor.linux.xdp.BindMode;
import org.vexor.linux.xdp.XdpSocket;
import org.vexor.linux.xdp.XdpSocketOptions;
import org.vexor.linux.xdp.XdpStatistics;

/// One AF_XDP socket on one queue, from its opening to the return of its last frame.
///
/// ```
///   OPENED ──fill (engine)──▶ FILLED ──bind (control)──▶ BOUND ──giveUp (engine)──▶ GIVEN_UP
///                                └────── refused ──────────────────────────────────────┤
///                                                    reclaim (engine) ◀── CLOSED ◀── close (control)
/// ```
///
/// [#state] says whose it is: the engine's when OPENED, BOUND or CLOSED, else the control thread's
/// (or that of who opens or closes the engine). When the socket is closed, [QueueRings#reclaim]
/// takes back all frames.
public final class QueueSession {
  /// Where in its life it is.
  public enum State {
    OPENED,
    FILLED,
    BOUND,
    GIVEN_UP,
    CLOSED
  }

  /// The kernel's own NAPI budget.
  private static final int BUSY_POLL_BUDGET = 64;

  /// What the kernel charges for one of an Ethernet MTU: its buffer and its bookkeeping.
  private static final int BYTES_OF_A_PACKET = 4096;

  private final int attachment;
  private final XdpSocket socket;
  private final QueueRings rings;
  private final boolean busyPoll;
  private boolean kickAlways = true;
  private volatile State state = State.OPENED;

  private QueueSession(XdpSocket socket, PacketMemory memory, RingSizes sizes, int attachment) {
    this.attachment = attachment;
    this.socket = socket;
    rings =
        new QueueRings(
            memory,
            socket.fill(),
            socket.receive(),
            socket.transmit(),
            socket.completion(),
            sizes.filled());
    busyPoll = sizes.busyPollMicros() > 0;
  }

  /// Opens a socket over the engine's memory, in the calling thread's network namespace.
  ///
  /// @throws org.vexor.linux.KernelException EPERM without CAP_NET_RAW, ENOBUFS above the limit of
  ///   locked memory
  static QueueSession open(PacketMemory memory, RingSizes sizes, int attachment) {
    var options =
        new XdpSocketOptions(
            memory.umem().frames(),
            memory.frameBytes(),
            sizes.fill(),
            sizes.transmit(),
            sizes.receive(),
            sizes.transmit());
    XdpSocket socket = XdpSocket.open(memory.umem(), options);
    try {
      if (sizes.busyPollMicros() > 0) {
        socket.preferBusyPoll(sizes.busyPollMicros(), BUSY_POLL_BUDGET);
      }
      socket.sendBuffer(sizes.transmit() * BYTES_OF_A_PACKET);
      // Where it is not known a call sends 32, and is repeated.
      boolean _ = socket.transmitBudget(sizes.transmit());
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
    return new QueueSession(socket, memory, sizes, attachment);
  }

  /// The attachment of the program that it belongs to.
  public int attachment() {
    return attachment;
  }

  /// Whose it is. Any thread.
  public State state() {
    return state;
  }

  /// The rings, and which frames are on them. Engine.
  public QueueRings rings() {
    return rings;
  }

  /// Puts frames on the fill ring before the bind: some Intel drivers mishandle an empty one.
  /// Engine.
  public void fill() {
    rings.refill();
    state = State.FILLED;
  }

  /// Binds it. Control.
  void bind(int interfaceIndex, int queue, BindMode mode) {
    socket.bind(interfaceIndex, queue, mode);
    kickAlways = !socket.zeroCopy();
  }

  /// It can be used. Control.
  void hand() {
    state = State.BOUND;
  }

  /// The engine is done with its rings.
  public void giveUp() {
    state = State.GIVEN_UP;
  }

  /// Closes the socket. Control.
  void close() {
    socket.close();
    state = State.CLOSED;
  }

  /// Has the kernel go on when it waits for us, or poll the NIC.
  ///
  /// @return 0, or `-errno`
  public int wakeReceive() {
    return busyPoll || rings.fillNeedsWakeup() ? socket.wakeReceive() : 0;
  }

  /// Whether the kernel is to poll the NIC within our calls.
  public boolean isBusyPolling() {
    return busyPoll;
  }

  /// Has the kernel send.
  ///
  /// @return 0, or `-errno` as of [XdpSocket#wakeTransmit]
  public int kick() {
    return kickAlways || rings.transmitNeedsWakeup() ? socket.wakeTransmit() : 0;
  }

  /// What to poll for POLLIN.
  public FileDescriptor descriptor() {
    return socket.file();
  }

  XdpSocket socket() {
    return socket;
  }

  boolean zeroCopy() {
    return socket.zeroCopy();
  }

  XdpStatistics statistics() {
    return socket.statistics();
  }
}
