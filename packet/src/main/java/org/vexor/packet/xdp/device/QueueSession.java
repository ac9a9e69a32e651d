package org.vexor.packet.xdp.device;

import org.vexor.linux.FileDescriptor;
import org.vexor.linux.xdp.BindMode;
import org.vexor.linux.xdp.CompletionRing;
import org.vexor.linux.xdp.FillRing;
import org.vexor.linux.xdp.ReceiveRing;
import org.vexor.linux.xdp.TransmitRing;
import org.vexor.linux.xdp.XdpSocket;
import org.vexor.linux.xdp.XdpSocketOptions;
import org.vexor.linux.xdp.XdpStatistics;
import org.vexor.packet.frame.FrameLedger;

/// One AF_XDP socket on one queue, from its opening to the return of its last frame.
///
/// ```
///   OPENED ──fill (engine)──▶ FILLED ──bind (control)──▶ BOUND ──giveUp (engine)──▶ GIVEN_UP
///                                └────── refused ──────────────────────────────────────┤
///                                                    reclaim (engine) ◀── CLOSED ◀── close (control)
/// ```
///
/// [#state] says whose it is: the engine's when OPENED, BOUND or CLOSED, else the control thread's
/// (or that of who opens or closes the engine). Frames that the kernel has are marked here, so all
/// of them come back when the socket is closed.
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

  private final int attachment;
  private final XdpSocket socket;
  private final PacketMemory memory;
  private final FrameLedger ledger;
  private final FillRing fill;
  private final ReceiveRing receive;
  private final TransmitRing transmit;
  private final CompletionRing completion;
  private final boolean[] withKernel;
  private final int target;
  private final boolean busyPoll;
  private int filled;
  private int sending;
  private long completed;
  private boolean kickAlways = true;
  private volatile State state = State.OPENED;

  private QueueSession(XdpSocket socket, PacketMemory memory, RingSizes sizes, int attachment) {
    this.attachment = attachment;
    this.socket = socket;
    this.memory = memory;
    ledger = memory.receive();
    fill = socket.fill();
    receive = socket.receive();
    transmit = socket.transmit();
    completion = socket.completion();
    withKernel = new boolean[memory.umem().frames()];
    target = sizes.filled();
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

  /// Puts frames on the fill ring before the bind: some Intel drivers mishandle an empty one.
  /// Engine.
  public void fill() {
    refill();
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

  /// Takes back every frame that the kernel had. Engine.
  public void reclaim() {
    for (int frame = 0; frame < withKernel.length; frame++) {
      if (withKernel[frame]) {
        withKernel[frame] = false;
        if (memory.isReceive(frame)) {
          ledger.give(frame);
        } else {
          memory.giveTransmit(frame);
        }
      }
    }
    filled = 0;
    sending = 0;
  }

  /// Frames that wait for packets, or hold some that were not looked at. Engine.
  public int filled() {
    return filled;
  }

  /// Packets on their way out. Engine.
  public int sending() {
    return sending;
  }

  /// Packets that were sent. Engine.
  public long completed() {
    return completed;
  }

  /// How many packets are there, at most `limit`.
  public int available(int limit) {
    return receive.available(limit);
  }

  /// Where packet `index` of those available begins.
  public long address(int index) {
    return receive.address(index);
  }

  /// The bytes of packet `index`.
  public int length(int index) {
    return receive.length(index);
  }

  /// The frame of a packet, which is ours from now on.
  public int take(long address) {
    int frame = memory.frame(address);
    withKernel[frame] = false;
    filled--;
    return frame;
  }

  /// Gives the first `count` entries of the ring back.
  public void release(int count) {
    receive.release(count);
  }

  /// Gives the kernel free frames until it has as many as it should.
  public void refill() {
    int wanted = target - filled;
    if (wanted <= 0) {
      return;
    }
    int room = fill.reserve(wanted);
    int put = 0;
    while (put < room) {
      int frame = ledger.take();
      if (frame == FrameLedger.NONE) {
        break;
      }
      withKernel[frame] = true;
      fill.put(put++, memory.offset(frame));
    }
    if (put > 0) {
      filled += put;
      fill.submit(put);
    }
  }

  /// Has the kernel go on when it waits for us, or poll the NIC.
  ///
  /// @return 0, or `-errno`
  public int wakeReceive() {
    return busyPoll || fill.needsWakeup() ? socket.wakeReceive() : 0;
  }

  /// Whether the kernel is to poll the NIC within our calls.
  public boolean isBusyPolling() {
    return busyPoll;
  }

  /// Room for how many of `wanted` packets to send.
  public int room(int wanted) {
    return transmit.reserve(wanted);
  }

  /// Puts a packet as entry `index` of those there is room for.
  public void put(int index, int frame, long address, int length) {
    withKernel[frame] = true;
    transmit.put(index, address, length);
  }

  /// Hands `count` packets to the kernel; [#kick] makes it look.
  public void submit(int count) {
    transmit.submit(count);
    sending += count;
  }

  /// Packets that the kernel has not looked at.
  public int pending() {
    return transmit.pending();
  }

  /// Has the kernel send.
  ///
  /// @return 0, or `-errno` as of [XdpSocket#wakeTransmit]
  public int kick() {
    return kickAlways || transmit.needsWakeup() ? socket.wakeTransmit() : 0;
  }

  /// Takes back the frames of packets that were sent.
  ///
  /// @return how many
  public int complete() {
    if (sending == 0) {
      return 0;
    }
    int total = 0;
    int count;
    while ((count = completion.available(Integer.MAX_VALUE)) > 0) {
      for (int i = 0; i < count; i++) {
        int frame = memory.frame(completion.address(i));
        withKernel[frame] = false;
        memory.giveTransmit(frame);
      }
      completion.release(count);
      total += count;
    }
    sending -= total;
    completed += total;
    return total;
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
