package org.vexor.packet.xdp.device;

import java.util.Optional;
import org.vexor.linux.xdp.XdpStatistics;

/// One receive queue of a device, as one engine uses it: its session, and those before it.
///
/// Threading: the engine reads [#session] and ends it by [#forget]; the control thread begins one
/// when there is none.
public final class XdpQueue {
  /// What the kernel keeps free in front of each packet it receives.
  private static final int XDP_PACKET_HEADROOM = 256;

  private static final XdpStatistics NOTHING = new XdpStatistics(0, 0, 0, 0, 0, 0);

  private final int number;
  private final PacketMemory memory;
  private final RingSizes sizes;
  private volatile Optional<QueueSession> session = Optional.empty();
  private volatile XdpStatistics sampled = NOTHING;
  private XdpStatistics before = NOTHING;

  public XdpQueue(int number, PacketMemory memory, RingSizes sizes) {
    this.number = number;
    this.memory = memory;
    this.sizes = sizes;
  }

  /// The kernel's number of it.
  public int number() {
    return number;
  }

  /// What it has now; whose that is its state says.
  public Optional<QueueSession> session() {
    return session;
  }

  /// The frames of a closed session are reclaimed: it is over. Engine.
  public void forget() {
    session = Optional.empty();
  }

  /// The longest packet that a frame has room for.
  int maxFrameBytes() {
    return memory.frameBytes() - XDP_PACKET_HEADROOM;
  }

  boolean is(QueueSession.State wanted) {
    return session.isPresent() && session.get().state() == wanted;
  }

  /// Opens a session and fills, binds and hands it at once, where one thread may do all of it.
  void start(Attachment attachment) {
    open(attachment);
    QueueSession opened = session.orElseThrow();
    try {
      opened.fill();
      bind(attachment);
    } catch (RuntimeException e) {
      close();
      opened.rings().reclaim();
      forget();
      throw e;
    }
  }

  synchronized void open(Attachment attachment) {
    session = Optional.of(QueueSession.open(memory, sizes, attachment.number()));
  }

  void bind(Attachment attachment) {
    QueueSession filled = session.orElseThrow();
    filled.bind(attachment.interfaceIndex(), number, attachment.plan().bind());
    attachment.obtained(filled.zeroCopy());
    attachment.filter().setSocket(number, filled.socket());
    filled.hand();
  }

  /// Reads what the kernel counted. Control.
  void sample() {
    sampled = statistics();
  }

  /// What the kernel had counted a moment ago. Any thread, without waiting.
  public XdpStatistics sampled() {
    return sampled;
  }

  /// Closes the session's socket, if there is one open; the frames are the engine's to reclaim.
  synchronized void close() {
    if (session.isPresent() && !is(QueueSession.State.CLOSED)) {
      before = sum(before, session.get().statistics());
      session.get().close();
    }
  }

  /// What the kernel counted for all sessions. Any thread.
  public synchronized XdpStatistics statistics() {
    return session
        .filter(now -> now.state() != QueueSession.State.CLOSED)
        .map(now -> sum(before, now.statistics()))
        .orElse(before);
  }

  private static XdpStatistics sum(XdpStatistics a, XdpStatistics b) {
    return new XdpStatistics(
        a.rxDropped() + b.rxDropped(),
        a.rxInvalidDescriptors() + b.rxInvalidDescriptors(),
        a.txInvalidDescriptors() + b.txInvalidDescriptors(),
        a.rxRingFull() + b.rxRingFull(),
        a.fillRingEmpty() + b.fillRingEmpty(),
        a.txRingEmpty() + b.txRingEmpty());
  }
}
