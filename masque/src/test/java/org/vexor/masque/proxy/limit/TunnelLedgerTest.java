package org.vexor.masque.proxy.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TunnelLedgerTest {
  private static final ProxyLimits FEW = ProxyLimits.DEFAULT.withTunnels(3, 2);

  private static TunnelLedger.Place place(TunnelLedger.Outcome outcome) {
    return assertInstanceOf(TunnelLedger.Outcome.Admitted.class, outcome).place();
  }

  @Test
  void admitsUpToTheLimitsAndAgainAfterOneEnded() {
    var ledger = new TunnelLedger(FEW);
    TunnelLedger.Place first = place(ledger.open("a"));
    var _ = place(ledger.open("a"));
    assertInstanceOf(TunnelLedger.Outcome.ClientFull.class, ledger.open("a"));
    var _ = place(ledger.open("b"));
    assertInstanceOf(TunnelLedger.Outcome.Full.class, ledger.open("c"));
    first.close();
    first.close();
    assertEquals(2, ledger.tunnels());
    var _ = place(ledger.open("a"));
    assertEquals(2, ledger.clients());
  }

  @Test
  void newLimitsHoldForThoseThatCome() {
    var ledger = new TunnelLedger(FEW);
    TunnelLedger.Place first = place(ledger.open("a"));
    ledger.limits(FEW.withTunnels(1, 1));
    assertInstanceOf(TunnelLedger.Outcome.Full.class, ledger.open("b"));
    first.close();
    var _ = place(ledger.open("b"));
  }

  @Test
  void tunnelsOfAClientShareItsAllowance() {
    var ledger = new TunnelLedger(FEW.withRates(3, 1_000));
    Allowance one = place(ledger.open("a")).allowance();
    Allowance other = place(ledger.open("a")).allowance();
    assertTrue(one.take(100, 0));
    assertTrue(other.take(100, 0));
    assertTrue(one.take(100, 0));
    assertFalse(other.take(100, 0), "three datagrams a second");
    assertTrue(other.take(100, 400_000_000));
    assertFalse(one.take(2_000, 10_000_000_000L), "1000 bytes a second");
    assertNotEquals(one, place(ledger.open("b")).allowance());
  }

  @Test
  void withoutRatesNothingIsHeldBack() {
    Allowance free = place(new TunnelLedger(FEW).open("a")).allowance();
    assertFalse(free.isLimited());
    assertTrue(free.take(1 << 30, 0));
  }

  @Test
  void aClientIsItsNameOrItsNetwork() {
    InetAddress one = InetAddress.ofLiteral("2001:db8:1:2::1");
    assertEquals("user alice", TunnelLedger.client("alice", one));
    assertEquals(
        TunnelLedger.client("", one),
        TunnelLedger.client("", InetAddress.ofLiteral("2001:db8:1:2:ffff::9")));
    assertNotEquals(
        TunnelLedger.client("", InetAddress.ofLiteral("192.0.2.1")),
        TunnelLedger.client("", InetAddress.ofLiteral("192.0.2.2")));
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> FEW.withTunnels(0, 1));
    assertThrows(IllegalArgumentException.class, () -> FEW.withRates(-1, 0));
    assertTrue(FEW.idleTime().compareTo(Duration.ofMinutes(2)) >= 0);
  }
}
