package org.vexor.packet.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.OwnAddress;
import org.vexor.packet.Endpoint;

final class InterfaceChoiceTest {
  private static final int UP = 0x1 | 0x40;
  private static final Link LO = new Link(1, "lo", 0, 65536, UP | 0x8, 0, 1, 0, 0);
  private static final Link ETH0 = new Link(2, "eth0", 0x020000000001L, 1500, UP, 6, 1, 0, 0);
  private static final Link ETH1 = new Link(3, "eth1", 0x020000000002L, 1500, UP, 6, 1, 0, 0);
  private static final Link DOWN = new Link(4, "eth2", 0x020000000003L, 1500, 0, 2, 1, 0, 0);
  private static final Link TUN = new Link(5, "tun0", -1, 1500, UP, 6, 1, 0, 0);
  private static final List<Link> ALL = List.of(LO, ETH0, ETH1, DOWN, TUN);
  private static final List<OwnAddress> ADDRESSES =
      List.of(
          address("127.0.0.1:0", LO),
          address("10.0.0.5:0", ETH1),
          address("[fd77::1]:0", ETH1),
          address("10.9.0.1:0", TUN),
          address("10.7.7.7:0", LO));

  private static OwnAddress address(String text, Link on) {
    Endpoint endpoint = Endpoint.parse(text);
    return new OwnAddress(endpoint.high(), endpoint.low(), 24, on.index(), 0, 0);
  }

  private static InterfaceChoice choose(String bind, Optional<Link> byDefault, List<Link> links) {
    return InterfaceChoice.of(links, ADDRESSES, byDefault, Endpoint.parse(bind), Optional.empty());
  }

  private static Link chosen(InterfaceChoice choice) {
    return assertInstanceOf(InterfaceChoice.Chosen.class, choice).link();
  }

  private static InterfaceChoice.None none(InterfaceChoice choice) {
    return assertInstanceOf(InterfaceChoice.None.class, choice);
  }

  @Test
  void theOneThatHasTheAddress() {
    assertEquals(ETH1, chosen(choose("10.0.0.5:9004", Optional.of(ETH0), ALL)));
    assertEquals(ETH1, chosen(choose("[fd77::1]:9004", Optional.empty(), ALL)));
  }

  @Test
  void theOneOfTheDefaultRouteForAllAddresses() {
    assertEquals(ETH0, chosen(choose("0.0.0.0:9004", Optional.of(ETH0), ALL)));
  }

  @Test
  void withoutDefaultRouteOnlyWhereThereIsNoOther() {
    assertEquals(ETH0, chosen(choose("[::]:9004", Optional.empty(), List.of(LO, ETH0, DOWN, TUN))));
    InterfaceChoice.None several = none(choose("0.0.0.0:9004", Optional.empty(), ALL));
    assertEquals("name one with --interface: eth0, eth1", several.remedy());
  }

  @Test
  void neverForLoopbackNorWhatIsNoEthernetNorForeignAddresses() {
    assertTrue(none(choose("127.0.0.1:9004", Optional.of(ETH0), ALL)).outcome().contains("127"));
    assertTrue(none(choose("127.8.8.8:9004", Optional.of(ETH0), ALL)).outcome().contains("127"));
    assertTrue(none(choose("10.7.7.7:9004", Optional.of(ETH0), ALL)).outcome().contains("lo"));
    assertTrue(none(choose("10.9.0.1:9004", Optional.of(ETH0), ALL)).outcome().contains("tun0"));
    assertTrue(none(choose("0.0.0.0:9004", Optional.of(TUN), ALL)).outcome().contains("tun0"));
    assertTrue(none(choose("8.8.8.8:9004", Optional.of(ETH0), ALL)).outcome().contains("8.8.8.8"));
  }

  @Test
  void theOneThatIsNamed() {
    Endpoint any = Endpoint.parse("0.0.0.0:9004");
    assertEquals(
        ETH1,
        chosen(InterfaceChoice.of(ALL, ADDRESSES, Optional.of(ETH0), any, Optional.of("eth1"))));
    InterfaceChoice.None absent =
        none(InterfaceChoice.of(ALL, ADDRESSES, Optional.of(ETH0), any, Optional.of("eth9")));
    assertEquals("there is no interface eth9", absent.outcome());
    assertEquals("name one that exists: lo, eth0, eth1, eth2, tun0", absent.remedy());
  }

  @Test
  void queuesByCountOrByNumber() {
    assertEquals(new QueueChoice.All(), QueueChoice.parse("all"));
    assertEquals(new QueueChoice.First(2), QueueChoice.parse("2"));
    assertEquals(new QueueChoice.Only(List.of(0, 4, 5, 6)), QueueChoice.parse("4-6,0"));
    assertEquals(new QueueChoice.Only(List.of(3)), QueueChoice.parse("3-3"));
    for (String wrong : new String[] {"", "0", "a", "1,", "3-1", "-1", "99999"}) {
      try {
        QueueChoice choice = QueueChoice.parse(wrong);
        throw new AssertionError(wrong + " was read as " + choice);
      } catch (IllegalArgumentException e) {
        assertTrue(!String.valueOf(e.getMessage()).isEmpty());
      }
    }
  }
}
