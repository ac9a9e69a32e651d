package org.vexor.quic.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ArrivalRatesTest {
  private final AtomicLong nowNs = new AtomicLong();
  private final AdmissionControl control =
      new AdmissionControl(ConnectionLimits.DEFAULT.withRates(2, 3), nowNs::get);

  private static InetAddress address(int last) throws Exception {
    return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
  }

  private boolean enters(int last) throws Exception {
    var ticket = control.admit(address(last));
    ticket.ifPresent(AdmissionControl.Ticket::giveBack);
    return ticket.isPresent();
  }

  @Test
  void anAddressComesBackAfterItsMinute() throws Exception {
    assertTrue(enters(1));
    assertTrue(enters(1));
    assertEquals(Optional.of(AdmissionOutcome.TOO_OFTEN), control.refusal(address(1)));
    assertTrue(enters(2), "others may");
    nowNs.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertTrue(enters(1));
  }

  @Test
  void allTogetherComeBackAfterASecond() throws Exception {
    assertTrue(enters(1) && enters(2) && enters(3));
    assertEquals(Optional.of(AdmissionOutcome.TOO_OFTEN), control.refusal(address(4)));
    nowNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertTrue(enters(4));
  }
}
