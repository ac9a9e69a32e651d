package org.vexor.packet.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.PortSetting;
import org.vexor.packet.batch.BatchEngine;

/// What can be set on ports that are kernel sockets.
final class SocketPortTest {
  private static final long PATIENCE_NS = 10_000_000_000L;
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(16, 16);

  private final List<Integer> lengths = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:0|239.4.3.2", "[::]:0|ff01::4321"})
  void receivesFromAGroupWhileItIsAMember(String addresses) throws SocketException {
    Endpoint any = Endpoint.parse(addresses.substring(0, addresses.indexOf('|')));
    String group = addresses.substring(addresses.indexOf('|') + 1);
    int index = multicastInterface(any.isIpv4());
    try (PacketEngine engine = new BatchEngine(OPTIONS)) {
      PacketPort member =
          engine.open(PortOptions.bind(any), (_, datagram) -> lengths.add(datagram.length()));
      PacketPort sender = engine.open(PortOptions.bind(any), (_, _) -> {});
      assertTrue(sender.set(PortSetting.MULTICAST_INTERFACE, index));
      Endpoint to =
          Endpoint.parse((group.contains(":") ? "[" + group + "]" : group) + ":1")
              .withPort(member.localEndpoint().port());
      assertTrue(member.join(to, index));
      send(sender, 1, to);
      drive(engine, 1);
      assertTrue(member.leave(to, index));
      send(sender, 2, to);
      // Sent after it by the same way, so nothing of the group can still come.
      Endpoint direct = any.isIpv4() ? Endpoint.loopback(0) : Endpoint.parse("[::1]:0");
      send(sender, 3, direct.withPort(to.port()));
      drive(engine, 2);
      assertEquals(List.of(1, 3), lengths);
    }
  }

  private static int multicastInterface(boolean ipv4) throws SocketException {
    if (ipv4) {
      return NetworkInterface.getByName("lo").getIndex();
    }
    for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
      boolean ipv6 = device.inetAddresses().anyMatch(Inet6Address.class::isInstance);
      if (device.isUp() && device.supportsMulticast() && !device.isLoopback() && ipv6) {
        return device.getIndex();
      }
    }
    return abort("no interface with IPv6 multicast, which loopback has not");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:0", "[::1]:0"})
  void takesEverySetting(String address) {
    try (PacketEngine engine = new BatchEngine(OPTIONS)) {
      PacketPort port = engine.open(PortOptions.bind(Endpoint.parse(address)), (_, _) -> {});
      for (PortSetting setting : PortSetting.values()) {
        assertTrue(port.set(setting, 1), setting.name());
      }
    }
  }

  @Test
  void saysWhatTheKernelRefuses() {
    try (PacketEngine engine = new BatchEngine(OPTIONS)) {
      PacketPort port = engine.open(PortOptions.bind(Endpoint.loopback(0)), (_, _) -> {});
      var hops = assertThrows(PortException.class, () -> port.set(PortSetting.MULTICAST_HOPS, 999));
      assertTrue(hops.outcome().contains("MULTICAST_HOPS=999"), hops.outcome());
      Endpoint unicast = Endpoint.parse("10.1.2.3:0");
      var join = assertThrows(PortException.class, () -> port.join(unicast, 1));
      assertTrue(join.outcome().contains("10.1.2.3"), join.outcome());
    }
  }

  @Test
  void sharesItsNumberWithAPortOfAnotherAddress() {
    try (PacketEngine engine = new BatchEngine(OPTIONS)) {
      PortOptions loopback = PortOptions.bind(Endpoint.loopback(0)).withReuseAddress();
      PacketPort first = engine.open(loopback, (_, _) -> {});
      Endpoint wildcard = Endpoint.parse("0.0.0.0:" + first.localEndpoint().port());
      PortOptions second = PortOptions.bind(wildcard);
      assertThrows(PortException.class, () -> engine.open(second, (_, _) -> {}));
      engine.open(second.withReuseAddress(), (_, _) -> {}).close();
    }
  }

  private static void send(PacketPort port, int lengthBytes, Endpoint to) {
    assertTrue(port.send(MemorySegment.ofArray(new byte[8]), 0, lengthBytes, to));
  }

  private void drive(PacketEngine engine, int datagrams) {
    long start = System.nanoTime();
    while (lengths.size() < datagrams) {
      if (engine.doWork() == 0) {
        engine.await(PATIENCE_NS);
      }
      assertTrue(System.nanoTime() - start < PATIENCE_NS, () -> "received only " + lengths);
    }
  }
}
