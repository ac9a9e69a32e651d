package org.vexor.masque.uri;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/// Where a tunnel leads: an IP address or a host name, and a UDP port.
///
/// @param host as in a URI, an IPv6 address without brackets
/// @param address when the host is an address; a name is never resolved here. An IPv4-mapped IPv6
///   address is the IPv4 address that it means
/// @param port 1 to 65535
public record UdpTarget(String host, Optional<InetAddress> address, int port) {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;
  private static final int MOST_PORT_DIGITS = 5;
  private static final int IPV4_PARTS = 4;
  private static final int MOST_OCTET_DIGITS = 3;

  public UdpTarget {
    if (port < 1 || port > 0xffff) {
      throw new IllegalArgumentException("target port " + port + " is not between 1 and 65535");
    }
  }

  /// What came of reading a target.
  public sealed interface Parsed {
    /// It is one.
    record Valid(UdpTarget target) implements Parsed {}

    /// It is none.
    ///
    /// @param reason in words that may be told to whoever sent it
    record Invalid(String reason) implements Parsed {}
  }

  /// Reads decoded values of a template (RFC 9298 §3): dotted IPv4 of four decimal numbers, IPv6
  /// without a zone, or a host name; a port of digits only.
  public static Parsed parse(String host, String port) {
    int number = portNumber(port);
    if (number < 0) {
      return new Parsed.Invalid("target port is not a number between 1 and 65535");
    }
    if (host.indexOf(':') >= 0) {
      return ipv6(host, number);
    }
    if (endsInNumber(host)) {
      return ipv4(host, number);
    }
    return isName(host)
        ? new Parsed.Valid(new UdpTarget(host, Optional.empty(), number))
        : new Parsed.Invalid("target host is neither an IP address nor a host name");
  }

  /// From what users write: `HOST:PORT`, `[V6]:PORT`.
  ///
  /// @throws IllegalArgumentException when it is not of that form
  public static UdpTarget of(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("target '" + hostAndPort + "' is not HOST:PORT");
    }
    String host = hostAndPort.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "target '" + hostAndPort + "': write an IPv6 address in brackets, as [::1]:53");
    }
    String plain = bracketed ? host.substring(1, host.length() - 1) : host;
    return switch (parse(plain, hostAndPort.substring(colon + 1))) {
      case Parsed.Valid valid -> valid.target();
      case Parsed.Invalid invalid ->
          throw new IllegalArgumentException("target '" + hostAndPort + "': " + invalid.reason());
    };
  }

  /// To an address.
  public static UdpTarget of(InetAddress address, int port) {
    InetAddress withoutZone = address(address.getAddress());
    return new UdpTarget(withoutZone.getHostAddress(), Optional.of(withoutZone), port);
  }

  private static int portNumber(String port) {
    if (port.isEmpty() || port.length() > MOST_PORT_DIGITS || port.charAt(0) == '0') {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < port.length(); i++) {
      char c = port.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number <= 0xffff ? number : -1;
  }

  private static Parsed ipv6(String host, int port) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean known = c == ':' || c == '.' || Character.digit(c, 16) >= 0;
      if (!known || c > '~') {
        return new Parsed.Invalid("target host is not an IPv6 address without a zone");
      }
    }
    byte[] bytes =
        NetUtil.isValidIpV6Address(host) ? NetUtil.createByteArrayFromIpAddressString(host) : null;
    return bytes == null
        ? new Parsed.Invalid("target host is not an IPv6 address")
        : new Parsed.Valid(new UdpTarget(host, Optional.of(address(bytes)), port));
  }

  /// What system resolvers read as a number in some form, such as `127.1` or `0x7f000001`.
  private static boolean endsInNumber(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean digits = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits || last.startsWith("0x");
  }

  private static Parsed ipv4(String host, int port) {
    String[] parts = host.split("\\.", -1);
    var bytes = new byte[IPV4_PARTS];
    boolean fine = parts.length == IPV4_PARTS;
    for (int i = 0; i < IPV4_PARTS && fine; i++) {
      int octet = octet(parts[i]);
      fine = octet >= 0;
      bytes[i] = (byte) octet;
    }
    return fine
        ? new Parsed.Valid(new UdpTarget(host, Optional.of(address(bytes)), port))
        : new Parsed.Invalid("target host is not an IPv4 address of four decimal numbers");
  }

  private static int octet(String text) {
    boolean padded = text.length() > 1 && text.charAt(0) == '0';
    if (text.isEmpty() || text.length() > MOST_OCTET_DIGITS || padded) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= 0xff ? value : -1;
  }

  private static boolean isName(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      boolean fine = !label.isEmpty() && label.length() <= LONGEST_LABEL;
      if (!fine || label.startsWith("-") || !label.chars().allMatch(UdpTarget::isNameCharacter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNameCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  /// `HOST:PORT`, `[V6]:PORT`.
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
