package org.vexor.linux.xdp.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.linux.bpf.TestRunner;
import org.vexor.linux.xdp.XdpSocket;
import org.vexor.linux.xdp.XdpSocketOptions;
import org.vexor.testkit.Fixtures;
import org.vexor.testkit.net.RequiresRoot;

/// The loaded program, run by the kernel on frames of ours, against the model.
@RequiresRoot
final class XdpFilterTest {
  private static final int XDP_PASS = 2;
  private static final int XDP_REDIRECT = 4;
  private static final int PORT = 8001;

  /// How many mutated frames, some 2 seconds; `-Dvexor.xdp.frames=N` for more or fewer.
  private static final int FRAMES = Integer.getInteger("vexor.xdp.frames", 1_000_000);

  private static final String LOCAL_V4 = "10.1.2.3";
  private static final String LOCAL_V6 = "fd00::a:1";

  private static final int MAX_FRAME_BYTES = 1792;

  private final XdpFilterModel model = new XdpFilterModel(MAX_FRAME_BYTES);
  private XdpFilter filter;
  private XdpSocket socket;
  private TestRunner runner;

  @BeforeEach
  void load() {
    filter = XdpFilter.load(1, MAX_FRAME_BYTES, false);
    // A test run comes in by queue 0 of the loopback device; it asks only whether there is a
    // socket.
    socket = XdpSocket.open(XdpSocketOptions.symmetric(64));
    filter.setSocket(0, socket);
    runner = new TestRunner(filter.program());
  }

  @AfterEach
  void close() {
    runner.close();
    filter.clearSocket(0);
    filter.close();
    socket.close();
  }

  private void setPort(int port, boolean open) throws UnknownHostException {
    set(LOCAL_V4, port, open);
    set(LOCAL_V6, port, open);
  }

  private void set(String host, int port, boolean open) throws UnknownHostException {
    InetAddress address = InetAddress.getByName(host);
    if (open) {
      filter.open(address, port, 0);
    } else {
      assertTrue(filter.close(address, port, 0));
    }
    model.set(address, port, open);
  }

  private static byte[] frame(String local, int port) throws UnknownHostException {
    byte[] to = InetAddress.getByName(local).getAddress();
    byte[] addresses = Arrays.copyOf(to, 2 * to.length);
    System.arraycopy(to, 0, addresses, to.length, to.length);
    return XdpFrames.udp(new byte[12], addresses, 4242, port, new byte[22]);
  }

  private static byte[] tagged(byte[] frame, int... tagWords) {
    byte[] tagged = new byte[frame.length + 2 * tagWords.length];
    System.arraycopy(frame, 0, tagged, 0, 12);
    for (int i = 0; i < tagWords.length; i++) {
      tagged[12 + 2 * i] = (byte) (tagWords[i] >> 8);
      tagged[13 + 2 * i] = (byte) tagWords[i];
    }
    System.arraycopy(frame, 12, tagged, 12 + 2 * tagWords.length, frame.length - 12);
    return tagged;
  }

  private static byte[] withOptions(byte[] frame, int words) {
    byte[] longer = new byte[frame.length + 4 * words];
    System.arraycopy(frame, 0, longer, 0, 34);
    System.arraycopy(frame, 34, longer, 34 + 4 * words, frame.length - 34);
    longer[14] = (byte) (0x45 + words);
    return longer;
  }

  private static byte[] with(byte[] frame, int offset, int value) {
    byte[] changed = frame.clone();
    changed[offset] = (byte) value;
    return changed;
  }

  /// Every header form with what should become of it.
  private static Map<String, byte[]> ours() throws UnknownHostException {
    byte[] v4 = frame(LOCAL_V4, PORT);
    byte[] v6 = frame(LOCAL_V6, PORT);
    Map<String, byte[]> forms = new LinkedHashMap<>();
    forms.put("IPv4", v4);
    forms.put("IPv6", v6);
    forms.put("IPv4 tagged", tagged(v4, 0x8100, 5));
    forms.put("IPv6 tagged", tagged(v6, 0x8100, 5));
    forms.put("IPv4 with options", withOptions(v4, 3));
    forms.put("IPv4 with all options, tagged", tagged(withOptions(v4, 10), 0x8100, 5));
    forms.put("IPv4 without DF", with(v4, 20, 0));
    forms.put("IPv4 with the reserved flag", with(v4, 20, 0x80));
    forms.put("IPv4 cut after the UDP header", Arrays.copyOf(v4, 42));
    forms.put("IPv6 cut after the UDP header", Arrays.copyOf(v6, 62));
    return forms;
  }

  private static Map<String, byte[]> notOurs() throws UnknownHostException {
    byte[] v4 = frame(LOCAL_V4, PORT);
    byte[] v6 = frame(LOCAL_V6, PORT);
    Map<String, byte[]> forms = new LinkedHashMap<>();
    forms.put("other port", frame(LOCAL_V4, PORT + 1));
    forms.put("port of the other byte order", frame(LOCAL_V4, 0x411f));
    forms.put("other IPv4 address", frame("10.1.2.4", PORT));
    forms.put("other IPv6 address", frame("fd00::a:2", PORT));
    forms.put("IPv4 broadcast", frame("255.255.255.255", PORT));
    forms.put("unspecified IPv6 address", frame("::", PORT));
    forms.put("unspecified IPv4 address", frame("0.0.0.0", PORT));
    forms.put("two tags", tagged(v4, 0x8100, 5, 0x8100, 6));
    forms.put("service tag", tagged(v4, 0x88a8, 5));
    forms.put("first fragment", with(v4, 20, 0x20));
    forms.put("later fragment", with(v4, 21, 1));
    forms.put("later fragment, high offset", with(v4, 20, 0x10));
    forms.put("TCP over IPv4", with(v4, 23, 6));
    forms.put("TCP over IPv6", with(v6, 20, 6));
    forms.put("ICMP", with(v4, 23, 1));
    forms.put("IPv6 fragment header", with(v6, 20, 44));
    forms.put("IPv6 hop-by-hop header", with(v6, 20, 0));
    forms.put("IPv4 header length 4", with(v4, 14, 0x44));
    forms.put("IPv4 header length 0", with(v4, 14, 0x40));
    forms.put("IPv4 header longer than the frame", with(Arrays.copyOf(v4, 42), 14, 0x4f));
    forms.put("version 6 in IPv4", with(v4, 14, 0x65));
    forms.put("ARP", with(with(v4, 12, 8), 13, 6));
    forms.put("IPv4 cut in the UDP header", Arrays.copyOf(v4, 41));
    forms.put("IPv6 cut in the UDP header", Arrays.copyOf(v6, 61));
    forms.put("Ethernet header only", Arrays.copyOf(v4, 14));
    forms.put("tagged, cut behind the tag", Arrays.copyOf(tagged(v4, 0x8100, 5), 18));
    forms.put("tagged, cut in the tag", Arrays.copyOf(tagged(v4, 0x8100, 5), 16));
    return forms;
  }

  private void check(String what, byte[] frame, int length, boolean expected) {
    assertEquals(expected, model.takes(frame, length), () -> "model: " + what);
    agree(what, frame, length);
  }

  private void agree(String what, byte[] frame, int length) {
    int expected = model.takes(frame, length) ? XDP_REDIRECT : XDP_PASS;
    int got = runner.run(frame, length);
    if (got != expected) {
      assertEquals(
          expected, got, what + ": " + HexFormat.of().formatHex(Arrays.copyOf(frame, length)));
    }
  }

  @Test
  void everyHeaderFormGoesWhereItShould() throws UnknownHostException {
    ours().forEach((what, frame) -> check(what, frame, frame.length, false));
    setPort(PORT, true);
    ours().forEach((what, frame) -> check(what, frame, frame.length, true));
    notOurs().forEach((what, frame) -> check(what, frame, frame.length, false));
    setPort(PORT, false);
    ours().forEach((what, frame) -> check(what, frame, frame.length, false));
  }

  @Test
  void exactlyTheOpenPortsAreTaken() throws UnknownHostException {
    SplittableRandom random = new SplittableRandom(61);
    for (int port = 0; port < 65536; port++) {
      if (random.nextInt(9) == 0) {
        setPort(port, true);
      }
    }
    byte[] v4 = frame(LOCAL_V4, 0);
    byte[] v6 = frame(LOCAL_V6, 0);
    byte[] tagged = tagged(v4, 0x8100, 5);
    int taken = 0;
    for (int port = 0; port < 65536; port++) {
      putPort(v4, 36, port);
      putPort(v6, 56, port);
      putPort(tagged, 40, port);
      agree("IPv4", v4, v4.length);
      agree("IPv6", v6, v6.length);
      agree("tagged", tagged, tagged.length);
      taken += model.takes(v4, v4.length) ? 1 : 0;
    }
    assertTrue(taken > 6_800 && taken < 7_800, "a ninth of the ports, not " + taken);
  }

  @Test
  void mutatedFramesAreDecidedAsTheModelDoes() throws UnknownHostException {
    setPort(PORT, true);
    setPort(0, true);
    setPort(443, true);
    Map<String, byte[]> all = new LinkedHashMap<>(ours());
    all.putAll(notOurs());
    byte[][] seeds = all.values().toArray(byte[][]::new);
    SplittableRandom random = new SplittableRandom(8001);
    byte[] frame = new byte[256];
    int taken = 0;
    for (int i = 0; i < FRAMES; i++) {
      byte[] seed = seeds[random.nextInt(seeds.length)];
      Arrays.fill(frame, (byte) 0);
      System.arraycopy(seed, 0, frame, 0, seed.length);
      int length = seed.length;
      for (int change = random.nextInt(4); change > 0; change--) {
        // Most of what is decided lies in the first 64 bytes behind the MAC addresses.
        int at = 12 + random.nextInt(52);
        switch (random.nextInt(4)) {
          case 0 -> frame[at] = (byte) random.nextInt(256);
          case 1 -> frame[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> length = 14 + random.nextInt(length - 13);
          default -> System.arraycopy(seeds[random.nextInt(seeds.length)], 12, frame, 12, 2);
        }
      }
      agree("mutation " + i, frame, length);
      taken += model.takes(frame, length) ? 1 : 0;
    }
    int share = (int) (100L * taken / FRAMES);
    assertTrue(share > 10 && share < 60, "both answers are tried: taken " + share + " %");
  }

  @Test
  void aPortIsOpenOnItsOwnAddressAndQueueOnly() throws UnknownHostException {
    String other = "192.0.2.1";
    set(LOCAL_V4, PORT, true);
    set(other, PORT + 1, true);
    byte[] own = frame(LOCAL_V4, PORT);
    check("open", own, own.length, true);
    check("other address", frame(other, PORT), own.length, false);
    check("other port", frame(LOCAL_V4, PORT + 1), own.length, false);
    check("the other's port", frame(other, PORT + 1), own.length, true);
    byte[] v6 = frame(LOCAL_V6, PORT);
    check("other family", v6, v6.length, false);
    InetAddress address = InetAddress.getByName(LOCAL_V4);
    filter.open(address, PORT, 0);
    filter.open(address, PORT, 1);
    assertTrue(filter.close(address, PORT, 0), "opened twice, closed once");
    assertFalse(filter.close(address, PORT, 0));
    model.set(address, PORT, false);
    check("open on another queue", own, own.length, false);
    assertThrows(
        IllegalArgumentException.class,
        () -> filter.open(InetAddress.getByName("0.0.0.0"), PORT, 0));
  }

  @Test
  void whatNoFrameHasRoomForPasses() throws UnknownHostException {
    setPort(PORT, true);
    for (byte[] frame : ours().values()) {
      byte[] longer = Arrays.copyOf(frame, MAX_FRAME_BYTES + 1);
      check("longest", longer, MAX_FRAME_BYTES, true);
      check("too long", longer, MAX_FRAME_BYTES + 1, false);
    }
  }

  /// Few are compared one by one, more are looked up.
  @Test
  void everyOpenAddressIsTakenHoweverManyThereAre() throws UnknownHostException {
    String[] hosts = new String[20];
    byte[][] frames = new byte[hosts.length][];
    for (int i = 0; i < hosts.length; i++) {
      hosts[i] = i % 2 == 0 ? "10.9.0." + i : "fd00::9:" + i;
      frames[i] = frame(hosts[i], PORT);
      check("not yet " + hosts[i], frames[i], frames[i].length, false);
      set(hosts[i], PORT, true);
      for (int j = 0; j <= i; j++) {
        check(hosts[j] + " of " + i, frames[j], frames[j].length, true);
      }
    }
    for (int i = 0; i < hosts.length; i++) {
      set(hosts[i], PORT, false);
      for (int j = 0; j < hosts.length; j++) {
        check(hosts[j] + " without " + i, frames[j], frames[j].length, j > i);
      }
    }
  }

  @Test
  void datagramWithoutASocketGoesToTheKernel() throws UnknownHostException {
    setPort(PORT, true);
    byte[] own = frame(LOCAL_V4, PORT);
    assertEquals(XDP_REDIRECT, runner.run(own, own.length));
    filter.clearSocket(0);
    assertEquals(XDP_PASS, runner.run(own, own.length));
    filter.clearSocket(0);
    filter.setSocket(0, socket);
    assertEquals(XDP_REDIRECT, runner.run(own, own.length));
  }

  @Test
  void capturedFramesAreDecidedAsTheModelDoes() throws UnknownHostException {
    String[] names = {
      "arp_reply", "arp_request", "dns_query_a", "icmp_echo", "icmp_echo_gre", "icmp_echo_reply",
      "icmp_echo_reply_gre", "quic_initial", "tcp_ack", "tcp_ack_gre", "tcp_fin", "tcp_fin_gre",
      "tcp_psh", "tcp_psh_gre", "tcp_rst", "tcp_rst_gre", "tcp_syn", "tcp_syn_ack",
      "tcp_syn_ack_gre"
    };
    for (String name : names) {
      byte[] frame = Fixtures.solanaBytes("firedancer/xdp/" + name + ".bin");
      check(name, frame, frame.length, false);
    }
    for (String name : new String[] {"quic_initial", "dns_query_a"}) {
      byte[] frame = Fixtures.solanaBytes("firedancer/xdp/" + name + ".bin");
      int port = (frame[36] & 0xff) << 8 | (frame[37] & 0xff);
      set(InetAddress.getByAddress(Arrays.copyOfRange(frame, 30, 34)).getHostAddress(), port, true);
    }
    for (String name : names) {
      byte[] frame = Fixtures.solanaBytes("firedancer/xdp/" + name + ".bin");
      check(name, frame, frame.length, name.equals("quic_initial") || name.equals("dns_query_a"));
    }
  }

  private static void putPort(byte[] frame, int at, int port) {
    frame[at] = (byte) (port >>> 8);
    frame[at + 1] = (byte) port;
  }
}
