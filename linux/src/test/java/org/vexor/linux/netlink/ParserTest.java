package org.vexor.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;

/// Offsets and numbers against tables of linux/rtnetlink.h, if_link.h, if_addr.h, neighbour.h,
/// fib_rules.h, netdev.h; they are the same on x86_64 and aarch64.
final class ParserTest {
  private static final long MAPPED = 0xFFFF_0000_0000L;

  private static Bytes hex(String text) {
    return new Bytes(HexFormat.of().parseHex(text.replace(" ", "")));
  }

  private static byte[] bytes(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static Bytes body(Request request) {
    return Message.split(new Bytes(request.encode(1))).getFirst().body();
  }

  private static Request request(String header) {
    return new Request("test", 16, 0).header(bytes(header));
  }

  @Test
  void headerIsLaidOutAsNlmsghdr() {
    byte[] encoded =
        new Request("test", 0x1234, 0x300).header((byte) 9).attribute(5, 0x01020304).encode(7);
    assertEquals(
        "1c000000" + "3412" + "0103" + "07000000" + "00000000" + "09000000" + "0800050004030201",
        HexFormat.of().formatHex(encoded));
    Message message = Message.split(new Bytes(encoded)).getFirst();
    assertEquals(0x1234, message.type());
    assertEquals(0x301, message.flags());
    assertEquals(7, message.sequence());
    assertEquals(0x01020304, message.body().after(4).s32Attribute(5, 0));
  }

  @Test
  void attributesOfAnyLengthArePadded() {
    Bytes attributes = hex("0500 0100 aa000000" + "0600 0280 bbcc0000" + "0800 0100 01020304");
    assertEquals(0xBB, attributes.attribute(2).orElseThrow().u8(0));
    assertEquals(4, attributes.attribute(1).orElseThrow().length());
    assertEquals(1 << 1 | 1 << 2, attributes.attributeTypes());
    assertTrue(hex("0300 0100").attribute(1).isEmpty());
    assertTrue(hex("0900 0100 01020304").attribute(1).isEmpty());
  }

  @Test
  void linkIsRead() {
    // ifinfomsg: family 0, type 2:2, index 4:4, flags 8:4, change 12:4
    Request xdp = request("").attribute(2, new byte[] {4}).attribute(5, 77).attribute(6, 78);
    Link link =
        Link.parse(
                body(
                    request("0000 0100 07000000 43100100 00000000")
                        .attribute(3, "eth7\0".getBytes(StandardCharsets.UTF_8))
                        .attribute(1, bytes("0a0b0c0d0e0f"))
                        .attribute(4, 9000)
                        .attribute(16, new byte[] {6})
                        .attribute(32, 4)
                        .attribute(43, attributesOf(xdp))))
            .orElseThrow();
    assertEquals(new Link(7, "eth7", 0x0A0B0C0D0E0FL, 9000, 0x11043, 6, 4, 4, 77), link);
    assertTrue(link.isUp() && link.isRunning());
    assertFalse(link.isLoopback());
    assertTrue(Link.parse(hex("0000 0100 07000000 431001")).isEmpty());
  }

  private static byte[] attributesOf(Request request) {
    byte[] all = request.encode(0);
    return Arrays.copyOfRange(all, Message.HEADER_BYTES, all.length);
  }

  @Test
  void addressIsTheLocalEnd() {
    // ifaddrmsg: family 0, prefix 1, flags 2, scope 3, index 4:4
    OwnAddress own =
        OwnAddress.parse(
                body(
                    request("02 1f 80 fd 03000000")
                        .attribute(1, bytes("0a000001"))
                        .attribute(2, bytes("0a000000"))
                        .attribute(8, 0x240)))
            .orElseThrow();
    assertEquals(new OwnAddress(0, MAPPED | 0x0A000000L, 31, 3, 0x240, 253), own);
    assertFalse(own.isPreferred());
  }

  @Test
  void neighbourIsReadWithItsState() {
    // ndmsg: family 0, index 4:4, state 8:2, flags 10, type 11
    for (int state = 1; state <= 0x80; state <<= 1) {
      Bytes body =
          body(
              request("0a000000 05000000" + String.format("%02x", state) + "00 00 01")
                  .attribute(1, bytes("fe80000000000000000000000000000a"))
                  .attribute(2, bytes("020000000001")));
      Neighbour neighbour = Neighbour.parse(body).orElseThrow();
      assertEquals(new Neighbour(5, 0xFE80L << 48, 10, 0x020000000001L, state), neighbour);
      // INCOMPLETE 1 and FAILED 0x20 have no address that works
      assertEquals(state != 1 && state != 0x20, neighbour.isUsable());
    }
  }

  @Test
  void routeIsReadWithItsMetrics() {
    // rtmsg: family 0, dst_len 1, src_len 2, tos 3, table 4, protocol 5, scope 6, type 7, flags 8:4
    Request metrics = request("").attribute(2, 1400);
    RouteEntry entry =
        RouteEntry.parse(
                body(
                    request("02 08 00 00 fc 03 00 01 00000000")
                        .attribute(15, 1000)
                        .attribute(1, bytes("0a000000"))
                        .attribute(4, 2)
                        .attribute(5, bytes("c0a80001"))
                        .attribute(6, 100)
                        .attribute(7, bytes("c0a80002"))
                        .attribute(8, attributesOf(metrics))))
            .orElseThrow();
    Route route =
        new Route(RouteKind.UNICAST, 2, 0, MAPPED | 0xC0A80001L, 0, MAPPED | 0xC0A80002L, 1400);
    assertEquals(new RouteEntry(true, 1000, 0, MAPPED | 0x0A000000L, 104, 100, route), entry);
  }

  @Test
  void routesThatTheKernelAloneCanFollowAreMarked() {
    assertEquals(RouteKind.MULTIPATH, kind(request("02 00 00 00 fe 03 00 01 00000000")));
    assertEquals(
        RouteKind.MULTIPATH,
        kind(request("02 00 00 00 fe 03 00 01 00000000").attribute(4, 2).attribute(9, 0)));
    assertEquals(
        RouteKind.ENCAPSULATED,
        kind(request("0a 00 00 00 fe 03 00 01 00000000").attribute(4, 2).attribute(21, 1)));
    assertEquals(
        RouteKind.POLICY, kind(request("0a 00 40 00 fe 03 00 01 00000000").attribute(4, 2)));
    assertEquals(RouteKind.UNREACHABLE, kind(request("0a 00 00 00 fe 03 00 06 00000000")));
    assertEquals(RouteKind.THROW, kind(request("0a 00 00 00 fe 03 00 09 00000000")));
    // an IPv4 route by an IPv6 neighbour
    Request via =
        request("02 00 00 00 fe 03 00 01 00000000")
            .attribute(4, 2)
            .attribute(18, bytes("0a00 fe80000000000000000000000000000b"));
    Route route = RouteEntry.parse(body(via)).orElseThrow().route();
    assertEquals(0xFE80L << 48, route.gatewayHigh());
    assertEquals(11, route.gatewayLow());
  }

  private static RouteKind kind(Request request) {
    return RouteEntry.parse(body(request)).orElseThrow().route().kind();
  }

  @Test
  void routesThatDoNotConcernUsAreSkipped() {
    for (String header :
        List.of(
            "02 08 00 10 fe 03 00 01 00000000", // type of service
            "02 08 00 00 fe 03 00 01 01000000", // dead
            "02 08 00 00 fe 03 00 01 00020000", // learned for one destination
            "80 08 00 00 fe 03 00 01 00000000", // multicast routing
            "02 21 00 00 fe 03 00 01 00000000", // prefix of 33 bits
            "02 08 00 00 fe 03 00 01")) {
      assertTrue(RouteEntry.parse(hex(header)).isEmpty(), header);
    }
  }

  @Test
  void rulesAreSortedByWhetherTheyConcernUs() {
    // fib_rule_hdr: family 0, dst_len 1, src_len 2, tos 3, table 4, action 7, flags 8:4
    String all = "02 00 00 00 fe 00 00 01 00000000";
    assertEquals(
        new Rule(true, 1000, Rule.Effect.ALWAYS),
        Rule.parse(body(request(all).attribute(15, 1000).attribute(14, -1).attribute(6, 32766)))
            .orElseThrow());
    assertEquals(Rule.Effect.DEPENDS, effect(request(all).attribute(14, 0)));
    assertEquals(Rule.Effect.DEPENDS, effect(request(all).attribute(1, bytes("0a000000"))));
    assertEquals(Rule.Effect.DEPENDS, effect(request(all).attribute(19, new byte[] {1})));
    assertEquals(Rule.Effect.DEPENDS, effect(request(all).attribute(200, 1)));
    assertEquals(Rule.Effect.DEPENDS, effect(request("02 00 00 00 00 00 00 07 00000000")));
    assertEquals(Rule.Effect.NEVER, effect(request(all).attribute(10, 0x80000)));
    assertEquals(Rule.Effect.NEVER, effect(request(all).attribute(3, bytes("657468300000"))));
    assertEquals(Rule.Effect.DEPENDS, effect(request(all).attribute(3, bytes("6c6f00"))));
    String inverted = "02 00 00 00 fe 00 00 01 02000000";
    assertEquals(Rule.Effect.DEPENDS, effect(request(inverted).attribute(10, 0x80000)));
  }

  private static Rule.Effect effect(Request request) {
    return Rule.parse(body(request)).orElseThrow().effect();
  }

  @Test
  void onlyQueuesWithAnAfXdpSocketAreNamed() {
    Request free = request("0a 01 0000").attribute(1, 3).attribute(2, 9).attribute(3, 0);
    assertEquals(Optional.empty(), NetdevQueues.parse(body(free)));
    Request taken = request("0a 01 0000").attribute(1, 3).attribute(2, 9).attribute(7, bytes(""));
    assertEquals(Optional.of(3), NetdevQueues.parse(body(taken)));
    Request nameless = request("0a 01 0000").attribute(7, bytes(""));
    assertEquals(Optional.empty(), NetdevQueues.parse(body(nameless)));
  }

  @Test
  void featuresAreRead() {
    Request answer =
        request("01 01 0000")
            .attribute(1, 3)
            .attribute(3, bytes("2b00000000000000"))
            .attribute(4, 8)
            .attribute(6, bytes("0200000000000000"));
    NetdevFeatures features = NetdevFeatures.parse(body(answer));
    assertEquals(new NetdevFeatures(0x2B, 8, 2), features);
    assertTrue(features.hasNativeXdp() && features.hasRedirect() && features.hasZeroCopy());
    assertTrue(features.hasFragments() && features.hasTransmitChecksum());
    assertFalse(features.isRedirectTarget());
  }

  @Test
  void changesAreToldApart() {
    int[][] table = {
      {16, 1}, {17, 1}, {20, 2}, {21, 2}, {24, 4}, {25, 4}, {32, 4}, {33, 4}, {104, 4}, {105, 4},
      {28, 8}, {29, 8}, {1, 0}, {68, 0},
    };
    for (int[] row : table) {
      Bytes body = body(request("02000000"));
      assertEquals(row[1], Change.of(new Message(row[0], 0, 0, body)), "type " + row[0]);
    }
    assertEquals(Change.NONE, Change.of(new Message(28, 0, 0, body(request("07000000")))));
    assertEquals(15, Change.ALL);
  }

  private static Message message(int type, int flags, int sequence, String body) {
    return new Message(type, flags, sequence, hex(body));
  }

  @Test
  void answersEndWithDoneOrAnError() {
    Answers answers = new Answers("dump of routes", 7);
    assertFalse(answers.accept(message(24, 2, 7, "")));
    assertFalse(answers.accept(message(3, 2, 6, "00000000")));
    assertFalse(answers.accept(message(24, 2, 6, "")));
    assertTrue(answers.accept(message(3, 2, 7, "00000000")));
    assertFalse(answers.isInterrupted());
    assertEquals(1, answers.messages().size());
    assertTrue(answers.accept(message(2, 0, 7, "00000000")));
    for (int type : new int[] {2, 3}) {
      KernelException e =
          assertThrows(
              KernelException.class, () -> answers.accept(message(type, 0, 7, "ffffffff")));
      assertEquals(Errno.EPERM, e.errno());
    }
  }

  /// One attempt at a dump whose last message carries the flag when the table changed.
  private static Answers attempt(int type, boolean interrupted) {
    Answers answers = new Answers("dump of routes", 7);
    answers.accept(message(type, 2, 7, ""));
    answers.accept(message(3, interrupted ? 0x12 : 2, 7, "00000000"));
    return answers;
  }

  @Test
  void dumpThatNeverRestsIsReported() {
    AtomicInteger attempts = new AtomicInteger();
    KernelException e =
        assertThrows(
            KernelException.class,
            () ->
                NetlinkSocket.untilWhole(
                    new Request("dump of routes", 26, 0),
                    () -> attempt(attempts.incrementAndGet(), true)));
    assertEquals(Errno.EINTR, e.errno());
    assertTrue(e.toString().contains("dump of routes changed under way each of 8 times"));
    assertEquals(8, attempts.get());
  }

  @Test
  void interruptedDumpIsTakenAgainFromTheStart() {
    AtomicInteger attempts = new AtomicInteger(20);
    List<Message> whole =
        NetlinkSocket.untilWhole(
            new Request("dump of routes", 26, 0),
            () -> attempt(attempts.incrementAndGet(), attempts.get() < 23));
    assertEquals(List.of(23), whole.stream().map(Message::type).toList());
  }

  private static void parseAll(byte[] data) {
    Bytes whole = new Bytes(data);
    List<Bytes> bodies = new ArrayList<>(List.of(whole));
    for (Message message : Message.split(whole)) {
      bodies.add(message.body());
      int set = Change.of(message);
      assertEquals(0, set & ~Change.ALL);
    }
    List<RouteEntry> routes = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    List<OwnAddress> addresses = new ArrayList<>();
    List<Neighbour> neighbours = new ArrayList<>();
    List<Integer> queues = new ArrayList<>();
    for (Bytes body : bodies) {
      Link.parse(body).ifPresent(links::add);
      OwnAddress.parse(body).ifPresent(addresses::add);
      Neighbour.parse(body).ifPresent(neighbours::add);
      RouteEntry.parse(body).ifPresent(routes::add);
      Rule.parse(body).ifPresent(rules::add);
      assertTrue(NetdevFeatures.parse(body).toString().contains("xdp"));
      NetdevQueues.parse(body).ifPresent(queues::add);
    }
    rules.add(new Rule(true, 254, Rule.Effect.ALWAYS));
    rules.add(new Rule(false, 254, Rule.Effect.ALWAYS));
    NetworkSnapshot snapshot = NetworkSnapshot.of(links, addresses, rules, routes, neighbours);
    assertFalse(snapshot.route(0, MAPPED | 0x01020304).kind() == RouteKind.THROW);
    assertFalse(snapshot.route(0x2001L << 48, 1).kind() == RouteKind.THROW);
  }

  @Property(tries = 500)
  void anyBytesAreReadOrSkipped(@ForAll @Size(max = 200) byte[] data) {
    parseAll(data);
  }

  @Property(tries = 300)
  void damagedRouteIsReadOrSkipped(@ForAll @IntRange(max = 75) int at, @ForAll byte value) {
    byte[] route =
        request("02 08 00 00 fc 03 00 01 00000000")
            .attribute(15, 254)
            .attribute(1, bytes("0a000000"))
            .attribute(4, 2)
            .attribute(5, bytes("c0a80001"))
            .attribute(7, bytes("c0a80002"))
            .attribute(8, attributesOf(request("").attribute(2, 1400)))
            .encode(1);
    route[at] = value;
    parseAll(route);
  }

  @FuzzTest
  void anyBytes(byte[] data) {
    parseAll(data);
  }
}
