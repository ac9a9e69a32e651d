package org.vexor.packet.xdp.device;

import java.util.Optional;
import org.vexor.linux.bpf.AttachedXdp;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.xdp.program.XdpFilter;

/// Our XDP program for an interface, loaded and, once sockets wait behind it, attached.
final class Attachment implements AutoCloseable {
  private final int number;
  private final int interfaceIndex;
  private final ModePlan plan;
  private final XdpFilter filter;
  private final int programId;
  private boolean zeroCopy;
  private Optional<XdpLink> link = Optional.empty();

  private Attachment(int number, int interfaceIndex, ModePlan plan, XdpFilter filter) {
    this.number = number;
    this.interfaceIndex = interfaceIndex;
    this.plan = plan;
    this.filter = filter;
    programId = filter.program().info().id();
  }

  /// Loads the program; everything passes until it is attached and something is opened.
  ///
  /// @param maxFrameBytes longer frames pass
  static Attachment load(
      int number, int interfaceIndex, int queues, int maxFrameBytes, ModePlan plan) {
    XdpFilter filter = XdpFilter.load(queues, maxFrameBytes, false);
    return new Attachment(number, interfaceIndex, plan, filter);
  }

  /// Attaches the program, again if need be.
  void attach() {
    detach();
    link = Optional.of(filter.attach(interfaceIndex, plan.attach()));
  }

  /// Everything passes to the kernel again.
  void detach() {
    link.ifPresent(XdpLink::close);
    link = Optional.empty();
  }

  boolean isAttached() {
    return link.isPresent();
  }

  /// Whether the kernel still has our program there: nobody is told when it is taken away.
  boolean isInForce() {
    return AttachedXdp.query(interfaceIndex)
        .filter(there -> there.programId() == programId)
        .isPresent();
  }

  int number() {
    return number;
  }

  int interfaceIndex() {
    return interfaceIndex;
  }

  ModePlan plan() {
    return plan;
  }

  /// Notes what the kernel says that a bound socket is (XDP_OPTIONS).
  void obtained(boolean withoutCopy) {
    zeroCopy = withoutCopy;
  }

  /// How it is used in fact, as `native, copy`.
  String mode() {
    return (plan.attach() == XdpMode.GENERIC ? "generic" : "native")
        + (zeroCopy ? ", zero-copy" : ", copy");
  }

  XdpFilter filter() {
    return filter;
  }

  /// Detaches and unloads.
  @Override
  public void close() {
    detach();
    filter.close();
  }
}
