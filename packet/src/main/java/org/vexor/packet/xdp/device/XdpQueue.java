package org.vexor.packet.xdp.device;

import java.util.Optional;
import org.vexor.linux.xdp.XdpStatistics;

/// One receive queue of a device, as one engine uses it: its session, and those before it.
///
/// Threading: the engine reads [#session] and ends it by [#forget]; the control thread begins one
/// when there is none.
public final class XdpQueue {
  private static final XdpStatistics NOTHING = new XdpStatistics(0, 0, 0, 0, 0, 0);

  private final int number;
  private final PacketMemory memory;
  private final RingSizes sizes;
  private volatile Optional<QueueSession> session = Optional.empty();
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

  /// Opens a session and fills, binds and hands it at once, where one thread may do all of it.
  void start(Attachment attachment) {
    QueueSession opened = open();
    try {
      opened.fill();
      bind(attachment);
    } catch (RuntimeException e) {
      close();
      opened.reclaim();
      forget();
      throw e;
    }
  }

  synchronized QueueSession open() {
    var opened = QueueSession.open(memory, sizes);
    session = Optional.of(opened);
    return opened;
  }

  void bind(Attachment attachment) {
    QueueSession filled = session.orElseThrow();
    filled.bind(attachment.interfaceIndex(), number, attachment.plan().bind());
    attachment.filter().setSocket(number, filled.socket());
    filled.hand();
  }

  /// Closes the session's socket, if there is one open; the frames are the engine's to reclaim.
  synchronized void close() {
    if (session.isPresent() && session.get().state() != QueueSession.State.CLOSED) {
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
