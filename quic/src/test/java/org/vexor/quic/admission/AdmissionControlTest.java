package org.vexor.quic.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AdmissionControlTest {
  private static final ConnectionLimits LIMITS =
      ConnectionLimits.DEFAULT.withConnections(3, 2).withHandshakes(3, 2);

  private final AdmissionControl control = new AdmissionControl(LIMITS, System::nanoTime);

  private static InetAddress host(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  private AdmissionControl.Ticket admit(String literal) throws UnknownHostException {
    return control.admit(host(literal)).orElseThrow();
  }

  @Test
  void handshakesAreLimitedPerAddressAndInTotal() throws Exception {
    admit("10.0.0.1");
    admit("10.0.0.1");
    assertEquals(
        Optional.of(AdmissionOutcome.TOO_MANY_HANDSHAKES_OF_ADDRESS),
        control.refusal(host("10.0.0.1")));
    AdmissionControl.Ticket other = admit("10.0.0.2");
    assertEquals(
        Optional.of(AdmissionOutcome.TOO_MANY_HANDSHAKES), control.refusal(host("10.0.0.3")));
    other.giveBack();
    other.giveBack();
    assertEquals(2, control.handshakes());
    assertEquals(Optional.empty(), control.refusal(host("10.0.0.3")));
    assertEquals(1, control.count(AdmissionOutcome.HANDSHAKE_FAILED));
  }

  @Test
  void connectionsAreLimitedWhenTheHandshakeIsDone() throws Exception {
    AdmissionControl.Ticket first = admit("10.0.0.1");
    AdmissionControl.Ticket second = admit("10.0.0.1");
    assertTrue(first.establish());
    AdmissionControl.Ticket third = admit("10.0.0.1");
    assertTrue(second.establish());
    assertFalse(third.establish(), "third connection of one address");
    third.giveBack();
    assertEquals(2, control.connections());
    first.giveBack();
    second.giveBackTimedOut();
    assertEquals(0, control.connections());
    assertEquals(0, control.handshakes());
    assertEquals(0, control.count(AdmissionOutcome.HANDSHAKE_TIMED_OUT));
  }

  @Test
  void anIpv6ClientIsItsNetwork() throws Exception {
    admit("2001:db8::1");
    admit("2001:db8::ffff:1");
    assertEquals(
        Optional.of(AdmissionOutcome.TOO_MANY_HANDSHAKES_OF_ADDRESS),
        control.refusal(host("2001:db8::2")));
    assertEquals(Optional.empty(), control.refusal(host("2001:db8:0:1::2")));
  }

  @Test
  void loadAsksForProof() throws Exception {
    assertFalse(control.underLoad());
    admit("10.0.0.1");
    assertTrue(control.underLoad());
  }

  @Test
  void handshakeMemoryBecomesACount() {
    ConnectionLimits limits = LIMITS.withHandshakeMemory(10 * ConnectionLimits.HANDSHAKE_BYTES);
    assertEquals(10, limits.handshakes());
    assertEquals(2, limits.handshakesPerAddress());
  }
}
