package org.vexor.linux.xdp.program;

import static org.vexor.linux.bpf.Register.R0;
import static org.vexor.linux.bpf.Register.R1;
import static org.vexor.linux.bpf.Register.R10;
import static org.vexor.linux.bpf.Register.R2;
import static org.vexor.linux.bpf.Register.R3;
import static org.vexor.linux.bpf.Register.R4;
import static org.vexor.linux.bpf.Register.R5;
import static org.vexor.linux.bpf.Register.R6;
import static org.vexor.linux.bpf.Register.R7;
import static org.vexor.linux.bpf.Register.R8;
import static org.vexor.linux.bpf.Register.R9;

import org.vexor.linux.bpf.Assembler;
import org.vexor.linux.bpf.BpfMap;

/// The instructions of [XdpFilter].
///
/// ```
/// no longer than a frame, Ethernet, one 802.1Q tag
///    |- IPv4: UDP, no fragment, version 4, header of at least 20 bytes -+
///    |- IPv6: UDP right behind the header                              -+- port open anywhere?
///    '- anything else: PASS                                              |  address, port, queue open?
///                                   XSKMAP[rx queue], PASS when empty <--'
/// ```
///
/// r6 keeps the context, r2 the start of the Ethernet header less what was skipped, r3 the end of
/// the data, r5 the value under test; r7, r8 and r9 the key: upper and lower half of the address,
/// port and queue. The stack holds keys for lookups: the whole one from r10-24 on.
final class FilterProgram {
  static final int XDP_PASS = 2;

  private static final int MAP_LOOKUP_ELEM = 1;
  private static final int REDIRECT_MAP = 51;

  // struct xdp_md.
  private static final int MD_DATA = 0;
  private static final int MD_DATA_END = 4;
  private static final int MD_RX_QUEUE_INDEX = 16;

  // Network order as a little-endian load sees it.
  private static final int ETH_P_IP = 0x0008;
  private static final int ETH_P_IPV6 = 0xdd86;
  private static final int ETH_P_8021Q = 0x0081;
  private static final int MORE_FRAGMENTS_OR_OFFSET = 0xff3f;
  private static final int V4_MAPPED = 0xffff; // after two bytes of zero, before the address

  /// Length of an IPv4 header in words of 4 bytes.
  private static final int LEAST_WORDS = 5;

  private static final int MOST_WORDS = 15;

  private static final int IPPROTO_UDP = 17;
  private static final int ETHERNET = 14;
  private static final int TAG = 4;

  /// What is open, compared without a lookup, up to so many.
  static final int NEAR = 8;

  static final int KEY_BYTES = 24;
  private static final int NEAR_KEYS = 8;
  static final int NEAR_BYTES = NEAR_KEYS + KEY_BYTES * NEAR;

  private static final int KEY = -KEY_BYTES;
  private static final int PORT_KEY = KEY - 8;

  private FilterProgram() {}

  /// @param ports ARRAY of 65536 one-byte values by port as loaded (network order)
  /// @param near ARRAY of one value: how many are open (u64), and the keys of the first of them
  /// @param open HASH of one-byte values by address of 16 bytes, port as loaded, receive queue
  /// @param sockets XSKMAP by receive queue
  /// @param maxFrameBytes longer frames pass
  static byte[] assemble(
      BpfMap ports, BpfMap near, BpfMap open, BpfMap sockets, int maxFrameBytes) {
    Assembler a = new Assembler();
    ethernet(a, maxFrameBytes);
    ipv6(a);
    ipv4(a);
    matchPort(a, ports);
    matchNear(a, near);
    matchAll(a, open);
    a.label("ours")
        .load32(R2, R6, MD_RX_QUEUE_INDEX)
        .loadMap(R1, sockets)
        .move(R3, XDP_PASS) // the answer for an empty slot; 0 would be ABORTED
        .call(REDIRECT_MAP)
        .exit()
        .label("pass")
        .move(R0, XDP_PASS)
        .exit();
    return a.assemble();
  }

  private static void ethernet(Assembler a, int maxFrameBytes) {
    a.move(R6, R1).load32(R2, R1, MD_DATA).load32(R3, R1, MD_DATA_END);
    a.move(R4, R2).plus(R4, maxFrameBytes).jumpIfGreater(R3, R4, "pass");
    bound(a, ETHERNET)
        .load16(R5, R2, 12)
        .jumpIfEqual(R5, ETH_P_IP, "ipv4")
        .jumpIfEqual(R5, ETH_P_IPV6, "ipv6")
        .jumpIfNotEqual(R5, ETH_P_8021Q, "pass")
        .plus(R2, TAG);
    bound(a, ETHERNET)
        .load16(R5, R2, 12)
        .jumpIfEqual(R5, ETH_P_IP, "ipv4")
        .jumpIfNotEqual(R5, ETH_P_IPV6, "pass");
  }

  /// Extension headers go to the kernel.
  private static void ipv6(Assembler a) {
    a.label("ipv6");
    bound(a, ETHERNET + 40 + 8)
        .load8(R5, R2, ETHERNET + 6)
        .jumpIfNotEqual(R5, IPPROTO_UDP, "pass")
        .load64(R7, R2, ETHERNET + 24)
        .load64(R8, R2, ETHERNET + 32)
        .load16(R5, R2, ETHERNET + 40 + 2)
        .jump("match");
  }

  private static void ipv4(Assembler a) {
    a.label("ipv4");
    bound(a, ETHERNET + 20)
        .load8(R5, R2, ETHERNET + 9)
        .jumpIfNotEqual(R5, IPPROTO_UDP, "pass")
        .load16(R5, R2, ETHERNET + 6)
        .and(R5, MORE_FRAGMENTS_OR_OFFSET)
        .jumpIfNotEqual(R5, 0, "pass")
        .move(R7, 0)
        .load32(R8, R2, ETHERNET + 16)
        .shiftLeft(R8, 32)
        .move(R4, V4_MAPPED)
        .shiftLeft(R4, 16)
        .plus(R8, R4)
        .load8(R5, R2, ETHERNET)
        .move(R4, R5)
        .and(R4, 0xf0)
        .jumpIfNotEqual(R4, 0x40, "pass")
        .and(R5, 0x0f)
        .jumpIfLess(R5, LEAST_WORDS, "pass")
        .plus(R2, 4 * LEAST_WORDS);
    // Not r2 += 4 * r5: without CAP_PERFMON the verifier takes only constants, against Spectre.
    for (int words = LEAST_WORDS; words < MOST_WORDS; words++) {
      a.jumpIfEqual(R5, words, "udp").plus(R2, 4);
    }
    a.label("udp");
    bound(a, ETHERNET + 8).load16(R5, R2, ETHERNET + 2);
  }

  /// Port first: its lookup is inlined, and most packets of a host end there.
  private static void matchPort(Assembler a, BpfMap ports) {
    a.label("match")
        .load32(R9, R6, MD_RX_QUEUE_INDEX)
        .shiftLeft(R9, 32)
        .plus(R9, R5)
        .store32(R10, PORT_KEY, R5)
        .move(R2, R10)
        .plus(R2, PORT_KEY)
        .loadMap(R1, ports)
        .call(MAP_LOOKUP_ELEM)
        .jumpIfEqual(R0, 0, "pass")
        .load8(R0, R0, 0)
        .jumpIfEqual(R0, 0, "pass");
  }

  /// A lookup in a hash took 25 of the 63 ns that a test run of the program took with it; few
  /// programs have more open than is compared here.
  private static void matchNear(Assembler a, BpfMap near) {
    a.loadFirstValue(R1, near).load64(R3, R1, 0);
    for (int i = 0; i < NEAR; i++) {
      int key = NEAR_KEYS + KEY_BYTES * i;
      String other = "other than " + i;
      a.jumpIfLess(R3, i + 1, "pass")
          .load64(R4, R1, key + 16)
          .jumpIfNotEqual(R4, R9, other)
          .load64(R4, R1, key + 8)
          .jumpIfNotEqual(R4, R8, other)
          .load64(R4, R1, key)
          .jumpIfEqual(R4, R7, "ours")
          .label(other);
    }
    a.jumpIfLess(R3, NEAR + 1, "pass");
  }

  private static void matchAll(Assembler a, BpfMap open) {
    a.store64(R10, KEY, R7)
        .store64(R10, KEY + 8, R8)
        .store64(R10, KEY + 16, R9)
        .move(R2, R10)
        .plus(R2, KEY)
        .loadMap(R1, open)
        .call(MAP_LOOKUP_ELEM)
        .jumpIfEqual(R0, 0, "pass");
  }

  /// Proves to the verifier that `bytes` from r2 on may be read.
  private static Assembler bound(Assembler a, int bytes) {
    return a.move(R4, R2).plus(R4, bytes).jumpIfGreater(R4, R3, "pass");
  }
}
