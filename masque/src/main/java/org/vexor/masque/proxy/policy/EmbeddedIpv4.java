package org.vexor.masque.proxy.policy;

import java.util.ArrayList;
import java.util.List;
import org.vexor.packet.Endpoint;

/// The IPv4 addresses that an IPv6 address stands for, or leads to by way of a translator.
///
/// @param form of the IPv6 address, in words
/// @param low of the IPv4 address, in the form of [Endpoint]
record EmbeddedIpv4(String form, long low) {
  private static final Network COMPATIBLE = Network.parse("::/96");
  private static final Network TRANSLATED = Network.parse("::ffff:0:0:0/96");
  private static final Network NAT64 = Network.parse("64:ff9b::/96");
  private static final Network LOCAL_NAT64 = Network.parse("64:ff9b:1::/48");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
  private static final Network TEREDO = Network.parse("2001::/32");

  /// The interface identifier of ISATAP (RFC 5214 §6.1) without its universal/local bit.
  private static final int ISATAP = 0x00005efe;

  private static final int UNIVERSAL_BIT = 0x0200_0000;

  /// All that are in an IPv6 address; none in an IPv4 one.
  static List<EmbeddedIpv4> in(long high, long low) {
    if (Endpoint.isIpv4(high, low)) {
      return List.of();
    }
    var found = new ArrayList<EmbeddedIpv4>();
    if (COMPATIBLE.contains(high, low)) {
      found.add(of("IPv4-compatible", (int) low));
    }
    if (TRANSLATED.contains(high, low)) {
      found.add(of("IPv4-translated", (int) low));
    }
    if (NAT64.contains(high, low) || LOCAL_NAT64.contains(high, low)) {
      found.add(of("NAT64", (int) low));
    }
    if (SIX_TO_FOUR.contains(high, low)) {
      found.add(of("6to4", (int) (high >>> 16)));
    }
    if (TEREDO.contains(high, low)) {
      found.add(of("Teredo server", (int) high));
      // RFC 4380 §4: the client's address with every bit inverted.
      found.add(of("Teredo", ~(int) low));
    }
    if (((int) (low >>> 32) & ~UNIVERSAL_BIT) == ISATAP) {
      found.add(of("ISATAP", (int) low));
    }
    return found;
  }

  private static EmbeddedIpv4 of(String form, int address) {
    return new EmbeddedIpv4(form, Endpoint.ipv4Low(address));
  }
}
