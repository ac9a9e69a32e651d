package org.vexor.linux.netlink;

import java.util.Optional;

/// A policy rule (RTM_NEWRULE), as far as it concerns packets that this process sends unmarked.
///
/// @param table the routing table that it names
record Rule(boolean ipv4, int table, Effect effect) {
  /// Which of our packets a rule applies to.
  enum Effect {
    /// All: look in the table.
    ALWAYS,
    /// None of ours: it asks for a mark or for packets that came in by an interface.
    NEVER,
    /// Only the kernel can say.
    DEPENDS
  }

  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int HEADER_BYTES = 12;
  private static final int FR_ACT_TO_TBL = 1;
  private static final int FIB_RULE_INVERT = 2;
  private static final int FRA_IIFNAME = 3;
  private static final int FRA_PRIORITY = 6;
  private static final int FRA_FWMARK = 10;
  private static final int FRA_FLOW = 11;
  private static final int FRA_SUPPRESS_PREFIXLEN = 14;
  private static final int FRA_TABLE = 15;
  private static final int FRA_PROTOCOL = 21;

  /// Attributes that select nothing.
  private static final long NEUTRAL =
      1L << FRA_PRIORITY
          | 1L << FRA_FLOW
          | 1L << FRA_SUPPRESS_PREFIXLEN
          | 1L << FRA_TABLE
          | 1L << FRA_PROTOCOL;

  /// Reads fib_rule_hdr (family 0, dst_len 1, src_len 2, tos 3, table 4, action 7, flags 8:4) and
  /// attributes; empty when it is none of IPv4 or IPv6.
  static Optional<Rule> parse(Bytes body) {
    int family = body.u8(0);
    if (body.length() < HEADER_BYTES || (family != AF_INET && family != AF_INET6)) {
      return Optional.empty();
    }
    Bytes attributes = body.after(HEADER_BYTES);
    int table = attributes.s32Attribute(FRA_TABLE, body.u8(4));
    return Optional.of(new Rule(family == AF_INET, table, effect(body, attributes)));
  }

  private static Effect effect(Bytes body, Bytes attributes) {
    boolean inverted = (body.s32(8) & FIB_RULE_INVERT) != 0;
    if (!inverted && (asksForMark(attributes) || asksForArrival(attributes))) {
      return Effect.NEVER;
    }
    boolean selectsNothing =
        !inverted
            && (body.u8(1) | body.u8(2) | body.u8(3)) == 0
            && (attributes.attributeTypes() & ~NEUTRAL) == 0
            && attributes.s32Attribute(FRA_SUPPRESS_PREFIXLEN, -1) == -1;
    return selectsNothing && body.u8(7) == FR_ACT_TO_TBL ? Effect.ALWAYS : Effect.DEPENDS;
  }

  private static boolean asksForMark(Bytes attributes) {
    return attributes.s32Attribute(FRA_FWMARK, 0) != 0;
  }

  /// Packets of this host count as arrived by the loopback.
  private static boolean asksForArrival(Bytes attributes) {
    return attributes.attribute(FRA_IIFNAME).filter(name -> !name.text().equals("lo")).isPresent();
  }
}
