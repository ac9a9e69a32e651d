package org.vexor.packet.xdp;

import java.lang.foreign.MemorySegment;
import org.vexor.linux.netlink.OwnAddress;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortSetting;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.xdp.device.DeviceState;
import org.vexor.packet.xdp.header.HeaderWriter;

/// A port of an [XdpEngine]: a kernel socket that holds the number, and the way past it.
final class XdpPort implements PacketPort {
  private final XdpEngine engine;
  private final PacketPort beneath;
  private final Endpoint local;
  private final DatagramHandler handler;
  private final TrafficCounters counters;
  private final SendQueue queue;
  private final HeaderWriter writer;
  private final boolean bound;
  private long seen = -1;
  private boolean framing;
  private int received;
  private long receivedBytes;
  private volatile boolean open = true;

  XdpPort(
      XdpEngine engine,
      PacketPort beneath,
      DatagramHandler handler,
      TrafficCounters counters,
      SendQueue queue) {
    this.engine = engine;
    this.beneath = beneath;
    this.handler = handler;
    this.counters = counters;
    this.queue = queue;
    local = beneath.localEndpoint();
    bound = !local.isAnyLocal();
    writer = new HeaderWriter(bound, local.high(), local.low(), local.port());
  }

  /// Whether a datagram to an address of this host, and to this port's number, is its.
  boolean takes(long high, long low) {
    return bound
        ? low == local.low() && high == local.high()
        : Endpoint.isIpv4(high, low) == local.isIpv4();
  }

  /// Notes a datagram of a batch; [#settle] counts it.
  void received(int bytes) {
    received++;
    receivedBytes += bytes;
  }

  /// Counts what was noted: once for a batch, as every count is a write that others see.
  void settle() {
    if (received > 0) {
      counters.received(received, receivedBytes);
      received = 0;
      receivedBytes = 0;
    }
  }

  /// Looks whether frames may carry its address as source: an address of the interface, or none of
  /// its own.
  void see(DeviceState device) {
    seen = device.version();
    framing = !bound;
    for (int i = 0; !framing && i < device.network().addresses().size(); i++) {
      OwnAddress own = device.network().addresses().get(i);
      framing =
          own.interfaceIndex() == device.link().index()
              && own.low() == local.low()
              && own.high() == local.high();
    }
  }

  /// Whether [#see] is to be called.
  boolean isBehind(DeviceState device) {
    return seen != device.version();
  }

  /// Whether frames of this port may go out by the interface.
  boolean framing() {
    return framing;
  }

  /// Whether frames of this port may go to a destination of that family.
  boolean sends(boolean ipv4) {
    return ipv4 == local.isIpv4();
  }

  PacketPort beneath() {
    return beneath;
  }

  DatagramHandler handler() {
    return handler;
  }

  SendQueue queue() {
    return queue;
  }

  HeaderWriter writer() {
    return writer;
  }

  @Override
  public Endpoint localEndpoint() {
    return local;
  }

  @Override
  public int maxPayloadBytes() {
    return queue.maxPayloadBytes();
  }

  @Override
  public long reserve(int lengthBytes) {
    if (!open) {
      return CLOSED;
    }
    engine.transmitter().replenish();
    return queue.reserve(lengthBytes);
  }

  @Override
  public MemorySegment sendSegment() {
    return engine.memory().segment();
  }

  @Override
  public void commit(int lengthBytes, long high, long low, int port) {
    queue.commit(lengthBytes, high, low, port);
  }

  @Override
  public void cancel() {
    queue.cancel();
  }

  @Override
  public int flush() {
    return open ? engine.transmitter().flush(this) : 0;
  }

  @Override
  public int queued() {
    return queue.size() + beneath.queued();
  }

  /// Holds for what the kernel receives for this port; frames of others that come by AF_XDP are
  /// delivered all the same.
  @Override
  public boolean connect(Endpoint peer) {
    return beneath.connect(peer);
  }

  @Override
  public void disconnect() {
    beneath.disconnect();
  }

  /// Those of what the kernel sends for this port alone: broadcast and multicast always are. A
  /// traffic class would hold for some datagrams only, and so for none.
  @Override
  public boolean set(PortSetting setting, int value) {
    return switch (setting) {
      // Of headers that are written here; of errors that the port beneath knows nothing of.
      case TRAFFIC_CLASS, REPORT_UNDELIVERED -> false;
      // Headers that are written here say so anyway.
      case UNFRAGMENTED -> value != 0 && beneath.set(setting, value);
      case BROADCAST, MULTICAST_INTERFACE, MULTICAST_HOPS, MULTICAST_LOOPBACK ->
          beneath.set(setting, value);
    };
  }

  @Override
  public boolean join(Endpoint group, int interfaceIndex) {
    return beneath.join(group, interfaceIndex);
  }

  @Override
  public boolean leave(Endpoint group, int interfaceIndex) {
    return beneath.leave(group, interfaceIndex);
  }

  @Override
  public TrafficCounters counters() {
    return counters;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    int _ = flush();
    open = false;
    settle();
    queue.abandon();
    engine.closed(this);
    beneath.close();
  }
}
