package org.vexor.packet.xdp.device;

import java.util.Optional;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.xdp.program.XdpFilter;

/// Our XDP program for an interface, loaded and, once sockets wait behind it, attached.
final class Attachment implements AutoCloseable {
  private final int number;
  private final int interfaceIndex;
  private final ModePlan plan;
  private final XdpFilter filter;
  private Optional<XdpLink> link = Optional.empty();

  private Attachment(int number, int interfaceIndex, ModePlan plan, XdpFilter filter) {
    this.number = number;
    this.interfaceIndex = interfaceIndex;
    this.plan = plan;
    this.filter = filter;
  }

  /// Loads the program; everything passes until it is attached and something is opened.
  static Attachment load(int number, int interfaceIndex, int queues, ModePlan plan) {
    return new Attachment(number, interfaceIndex, plan, XdpFilter.load(queues, false));
  }

  void attach() {
    link = Optional.of(filter.attach(interfaceIndex, plan.attach()));
  }

  boolean isAttached() {
    return link.isPresent();
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

  XdpFilter filter() {
    return filter;
  }

  int programId() {
    return filter.program().info().id();
  }

  /// Everything passes to the kernel again.
  void detach() {
    link.ifPresent(XdpLink::close);
    link = Optional.empty();
  }

  /// Detaches and unloads.
  @Override
  public void close() {
    detach();
    filter.close();
  }
}
