package org.vexor.node.masque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.node.UdpEcho;
import org.vexor.node.masque.ProxyVerdict.Kind;
import org.vexor.node.proxy.LocalProxy;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;

final class MasqueNodeTest {
  private static final long PATIENCE_NS = 20_000_000_000L;

  @TempDir private Path folder;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final UdpEcho echo = UdpEcho.start();

  @AfterEach
  void stopEcho() {
    echo.close();
  }

  private MasqueProxy proxy(int port, String more) throws Exception {
    return LocalProxy.start(folder, port, more);
  }

  private MasqueNode node(int port, Optional<String> auth, boolean withEcho) throws Exception {
    var config =
        new MasqueConfig(
            true,
            Optional.of("127.0.0.1"),
            port,
            Optional.of(LocalProxy.authority(folder)),
            Optional.empty(),
            auth,
            List.of(),
            MasqueConfig.Policy.DIRECT,
            withEcho ? Optional.of("127.0.0.1:" + echo.port()) : Optional.empty());
    return MasqueNode.start(config, (_, line) -> lines.add(line));
  }

  private void await(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, () -> "waited in vain: " + what + "; " + lines);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void verifiesByAnEchoAndCarriesTheDatagramsOfARole() throws Exception {
    try (MasqueProxy proxy = proxy(0, "");
        MasqueNode node = node(proxy.localAddress().getPort(), Optional.empty(), true)) {
      assertEquals(Kind.READY, node.awaitVerdict(Duration.ofSeconds(20)).kind(), lines::toString);
      assertTrue(node.isUsable());
      assertTrue(node.status().getFirst().performance().startsWith("echo in "));
      await("the line", () -> !lines.isEmpty());
      assertTrue(lines.getFirst().contains(" ready over HTTP/3, echo of 127.0.0.1:"));
      try (PacketEngine engine = node.engine(EngineOptions.DEFAULT.withFrames(64, 64))) {
        var answers = new CopyOnWriteArrayList<Integer>();
        PacketPort port =
            engine.open(
                PortOptions.bind(Endpoint.parse("0.0.0.0:0")),
                (_, datagram) -> answers.add(datagram.length()));
        var payload = MemorySegment.ofArray(new byte[99]);
        assertTrue(port.send(payload, 0, 99, Endpoint.loopback(echo.port())));
        await(
            "the answer",
            () -> {
              int _ = engine.doWork();
              return answers.contains(99);
            });
      }
    }
  }

  @Test
  void withoutAnEchoAsksForATunnelThatLeadsNowhere() throws Exception {
    try (MasqueProxy proxy = proxy(0, "");
        MasqueNode node = node(proxy.localAddress().getPort(), Optional.empty(), false)) {
      assertEquals(Kind.READY, node.awaitVerdict(Duration.ofSeconds(20)).kind(), lines::toString);
    }
  }

  @Test
  void credentialsThatTheProxyRefusesAreOneLine() throws Exception {
    Path auth = Files.writeString(folder.resolve("auth"), "basic bob right\n");
    String more = "auth = \"" + auth + "\"";
    try (MasqueProxy proxy = proxy(0, more);
        MasqueNode node = node(proxy.localAddress().getPort(), Optional.of("bob:wrong"), true)) {
      assertEquals(Kind.REFUSED, node.awaitVerdict(Duration.ofSeconds(20)).kind());
      await("the line", () -> lines.size() == 1);
      assertTrue(lines.getFirst().contains("credentials are not accepted"), lines::toString);
      assertTrue(lines.getFirst().endsWith("; going on without it"), lines::toString);
      assertFalse(lines.toString().contains("wrong"), lines::toString);
      assertFalse(node.isUsable());
    }
  }

  @Test
  void aProxyThatDiesAndComesBackIsALineEach() throws Exception {
    MasqueProxy first = proxy(0, "");
    int port = first.localAddress().getPort();
    try (MasqueNode node = node(port, Optional.empty(), true)) {
      assertEquals(Kind.READY, node.awaitVerdict(Duration.ofSeconds(20)).kind());
      first.close();
      await("the loss", () -> node.verdict().kind() == Kind.UNREACHABLE);
      try (MasqueProxy _ = proxy(port, "")) {
        await("the return", node::isUsable);
        await("the lines", () -> lines.size() >= 3);
        assertTrue(lines.get(1).contains(" unreachable: "), lines::toString);
        assertTrue(lines.get(2).contains(" over HTTP/"), lines::toString);
      }
    } finally {
      first.close();
    }
  }
}
