package org.vexor.node.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.node.VexorProcess;
import org.vexor.quic.CloseReason;

@EnabledOnOs(OS.LINUX)
final class KilledClientTest {
  /// Half of what a client is given to answer in, and a fraction of QUIC's idle time-out: sooner is
  /// only who was told that the port is closed.
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final int ROUNDS = 100;

  @TempDir private Path folder;

  private static void await(Duration patience, BooleanSupplier condition) {
    long endNs = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "waited in vain");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static int portOf(VexorProcess client) {
    client.await(() -> client.out().stream().anyMatch(line -> line.contains(" leads to ")));
    String line =
        client.out().stream().filter(each -> each.contains(" leads to ")).findFirst().orElseThrow();
    String listen = line.substring(0, line.indexOf(' '));
    return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
  }

  /// Until an echo came back, so that the tunnel is there.
  private static void echo(int port, DatagramSocket target) throws IOException {
    target.setSoTimeout(200);
    try (var own = new DatagramSocket()) {
      own.setSoTimeout(200);
      own.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      var packet = new DatagramPacket(new byte[32], 32);
      for (int i = 0; i < ROUNDS; i++) {
        try {
          own.send(new DatagramPacket(new byte[32], 32));
          target.receive(packet);
          target.send(packet);
          own.receive(packet);
          return;
        } catch (SocketTimeoutException _) {
          // The tunnel is not open yet.
        }
      }
    }
    throw new AssertionError("no echo through the tunnel");
  }

  @Test
  void theSocketsOfAKilledClientAreSoonFree() throws Exception {
    try (MasqueProxy proxy = LocalProxy.start(folder, 0, "");
        var target = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        VexorProcess client =
            VexorProcess.start(
                "tunnel",
                "udp",
                "--proxy",
                "127.0.0.1:" + proxy.localAddress().getPort(),
                "--ca",
                LocalProxy.authority(folder).toString(),
                "--http",
                "3",
                "--target",
                "127.0.0.1:" + target.getLocalPort(),
                "--listen",
                "127.0.0.1:0",
                "--status-socket",
                "none")) {
      echo(portOf(client), target);
      assertEquals(1, proxy.gate().ledger().tunnels());
      // SIGKILL: not a word to the proxy.
      assertTrue(ProcessHandle.of(client.pid()).orElseThrow().destroyForcibly());
      await(SOON, () -> proxy.gate().ledger().tunnels() == 0);
      await(
          SOON, () -> proxy.quic().orElseThrow().counters().ended(CloseReason.Kind.PEER_GONE) == 1);
      assertEquals(0, proxy.connections());
      assertEquals(1L, ProxyFigures.of(proxy).get("clients_http3_lost"));
    }
  }
}
