package org.vexor.masque.proxy.policy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.vexor.packet.Endpoint;

/// Addresses that begin alike, in the form of [Endpoint]: IPv4 as IPv4-mapped IPv6.
///
/// @param high upper half of the address
/// @param low lower half
/// @param prefixBits how many bits count, of 128
public record Network(long high, long low, int prefixBits) {
  private static final int MAPPED_BITS = 96;
  private static final int BITS = 128;

  public Network {
    if (prefixBits < 0 || prefixBits > BITS) {
      throw new IllegalArgumentException("prefix of " + prefixBits + " bits");
    }
  }

  /// From `ADDRESS` or `ADDRESS/BITS`, without host names.
  ///
  /// @throws IllegalArgumentException when it is neither, or bits beyond the prefix are set
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    Endpoint address =
        address(literal)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'" + text + "' is no network; write 192.0.2.0/24 or 2001:db8::/32"));
    int family = address.isIpv4() ? BITS - MAPPED_BITS : BITS;
    int bits = slash < 0 ? family : bits(text, slash, family);
    var network =
        new Network(address.high(), address.low(), address.isIpv4() ? MAPPED_BITS + bits : bits);
    if ((address.high() & ~mask(network.prefixBits, 0)) != 0
        || (address.low() & ~mask(network.prefixBits, 64)) != 0) {
      throw new IllegalArgumentException(
          "'" + text + "' has bits set beyond its prefix of " + bits + " bits");
    }
    return network;
  }

  private static int bits(String text, int slash, int most) {
    try {
      int bits = Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= most) {
        return bits;
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw new IllegalArgumentException("'" + text + "': prefix is not between 0 and " + most);
  }

  /// An address without a port; empty when the text is a name, or has a zone.
  private static Optional<Endpoint> address(String literal) {
    boolean strict =
        isIpv4(literal) || (NetUtil.isValidIpV6Address(literal) && literal.indexOf('%') < 0);
    byte[] bytes = strict ? NetUtil.createByteArrayFromIpAddressString(literal) : null;
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Endpoint.of(InetAddress.getByAddress(bytes), 0));
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  /// Four decimal numbers without leading zeros, which some read as octal.
  private static boolean isIpv4(String literal) {
    return NetUtil.isValidIpV4Address(literal) && !literal.matches("(^|.*\\.)0[0-9].*");
  }

  public boolean contains(long otherHigh, long otherLow) {
    return ((high ^ otherHigh) & mask(prefixBits, 0)) == 0
        && ((low ^ otherLow) & mask(prefixBits, 64)) == 0;
  }

  /// The mask of the half that begins at bit `from`.
  private static long mask(int prefixBits, int from) {
    int bits = Math.clamp(prefixBits - from, 0, 64);
    return bits == 0 ? 0 : -1L << (64 - bits);
  }

  @Override
  public String toString() {
    boolean ipv4 = prefixBits >= MAPPED_BITS && Endpoint.isIpv4(high, low);
    return Endpoint.address(high, low).getHostAddress()
        + "/"
        + (ipv4 ? prefixBits - MAPPED_BITS : prefixBits);
  }
}
