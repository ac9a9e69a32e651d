package org.vexor.masque.front;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.uri.UdpTarget;

final class UdpFrontTest {
  private final Queue<TunnelState> states = new ConcurrentLinkedQueue<>();

  private UdpFront front(FrontLab lab, UdpTarget target, FrontLimits limits) {
    return lab.lab.also(
        UdpFront.start(
            lab.ports.transport(),
            lab.client,
            target,
            MasqueLab.anyPort(),
            limits,
            (_, state) -> states.add(state)),
        UdpFront::close);
  }

  private static UdpTarget target(FrontLab lab) {
    return UdpTarget.of("127.0.0.1:" + lab.echo.getLocalPort());
  }

  @ParameterizedTest
  @EnumSource
  void eachProgramGetsItsOwnAnswersOverEachVersion(HttpVersion version) throws Exception {
    try (var lab = new FrontLab(options -> options.withVersions(version))) {
      UdpFront front = front(lab, target(lab), FrontLimits.DEFAULT);
      DatagramSocket[] programs = {lab.program(), lab.program(), lab.program()};
      for (int length : new int[] {0, 1, 64, 1_200}) {
        for (DatagramSocket program : programs) {
          byte[] payload = RecordedTunnel.bytes(length);
          assertArrayEquals(payload, FrontLab.ask(program, front.address(), payload));
        }
      }
      assertEquals(3, front.counters().tunnels());
      assertEquals(12, front.counters().payloadsOut());
      assertEquals(12, front.counters().payloadsIn());
    }
  }

  @Test
  void aProgramTooManyIsCountedAndTheOthersGoOn() throws Exception {
    try (var lab = new FrontLab()) {
      UdpFront front = front(lab, target(lab), FrontLimits.DEFAULT.withTunnels(1));
      DatagramSocket program = lab.program();
      assertEquals(3, FrontLab.ask(program, front.address(), new byte[3]).length);
      lab.program().send(new DatagramPacket(new byte[1], 1, front.address()));
      MasqueLab.await("the refusal", () -> front.counters().tunnelsRefused() == 1);
      assertEquals(4, FrontLab.ask(program, front.address(), new byte[4]).length);
    }
  }

  @Test
  void aTunnelThatNobodyUsesIsClosedAndComesAgain() throws Exception {
    try (var lab = new FrontLab()) {
      UdpFront front =
          front(lab, target(lab), FrontLimits.DEFAULT.withIdle(Duration.ofMillis(200)));
      DatagramSocket program = lab.program();
      assertEquals(3, FrontLab.ask(program, front.address(), new byte[3]).length);
      MasqueLab.await("the end", () -> front.counters().tunnels() == 0);
      MasqueLab.await("the proxy to see it", () -> lab.proxy.gate().ledger().tunnels() == 0);
      assertEquals(4, FrontLab.ask(program, front.address(), new byte[4]).length);
      assertEquals(2L, front.counters().figures().get("tunnels_opened"), "opened again");
    }
  }

  @Test
  void tellsOfATargetThatTheProxyDoesNotServe() throws Exception {
    try (var lab = new FrontLab()) {
      UdpFront front = front(lab, UdpTarget.of("10.0.0.1:53"), FrontLimits.DEFAULT);
      lab.program().send(new DatagramPacket(new byte[1], 1, front.address()));
      MasqueLab.await(
          "the refusal",
          () -> states.stream().anyMatch(state -> state instanceof TunnelState.Refused));
      assertTrue(states.toString().contains("prohibited"), states.toString());
    }
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (var lab = new FrontLab()) {
      var taken = (InetSocketAddress) lab.echo.getLocalSocketAddress();
      var refused =
          assertThrows(
              IllegalStateException.class,
              () ->
                  UdpFront.start(
                      lab.ports.transport(),
                      lab.client,
                      target(lab),
                      taken,
                      FrontLimits.DEFAULT,
                      FrontListener.NONE));
      assertTrue(refused.toString().contains("cannot be bound"), refused::toString);
    }
  }
}
