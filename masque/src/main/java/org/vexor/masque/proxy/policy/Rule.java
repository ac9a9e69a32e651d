package org.vexor.masque.proxy.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What an operator allows or denies: networks and ports.
///
/// @param networks one, or those of all addresses
/// @param ports empty for all
public record Rule(List<Network> networks, List<Ports> ports) {
  private static final String ANY = "*";
  private static final List<Network> EVERYWHERE =
      List.of(Network.parse("0.0.0.0/0"), Network.parse("::/0"));

  public Rule {
    networks = List.copyOf(networks);
    ports = List.copyOf(ports);
  }

  /// Neighbouring port numbers, both ends included.
  public record Ports(int first, int last) {
    public Ports {
      if (first < 1 || last > 0xffff || first > last) {
        throw new IllegalArgumentException(
            "ports " + first + "-" + last + " are not a range within 1-65535");
      }
    }

    static Ports parse(String text) {
      int dash = text.indexOf('-');
      try {
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        return new Ports(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + text + "' is no port and no range of ports", e);
      }
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /// From `CIDR[:PORTS]`: `192.0.2.0/24`, `192.0.2.7:53,8000-8999`, `[2001:db8::/32]:443`,
  /// `2001:db8::/32`, `*:25`. Ports of an IPv6 network need the brackets.
  ///
  /// @throws IllegalArgumentException when it is none of these
  public static Rule parse(String text) {
    String network = text;
    String ports = "";
    int close = text.lastIndexOf(']');
    int colon = text.lastIndexOf(':');
    if (text.startsWith("[")) {
      if (close < 0 || (close + 1 < text.length() && text.charAt(close + 1) != ':')) {
        throw new IllegalArgumentException("'" + text + "': write [NETWORK]:PORTS");
      }
      network = text.substring(1, close);
      ports = close + 1 < text.length() ? text.substring(close + 2) : "";
    } else if (colon >= 0 && text.indexOf(':') == colon) {
      network = text.substring(0, colon);
      ports = text.substring(colon + 1);
    }
    boolean everyPort =
        network.equals(text) || (text.startsWith("[") && close + 1 == text.length());
    return new Rule(
        network.equals(ANY) ? EVERYWHERE : List.of(Network.parse(network)),
        everyPort ? List.of() : ports(ports));
  }

  private static List<Ports> ports(String text) {
    return Arrays.stream(text.split(",", -1)).map(Ports::parse).toList();
  }

  boolean matches(long high, long low, int port) {
    return (ports.isEmpty() || hasPort(port)) && hasAddress(high, low);
  }

  private boolean hasPort(int port) {
    for (Ports each : ports) {
      if (port >= each.first() && port <= each.last()) {
        return true;
      }
    }
    return false;
  }

  private boolean hasAddress(long high, long low) {
    for (Network each : networks) {
      if (each.contains(high, low)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    String network = networks.equals(EVERYWHERE) ? ANY : networks.getFirst().toString();
    if (ports.isEmpty()) {
      return network;
    }
    var numbers = new ArrayList<String>();
    ports.forEach(each -> numbers.add(each.toString()));
    boolean bracketed = network.indexOf(':') >= 0;
    return (bracketed ? "[" + network + "]" : network) + ":" + String.join(",", numbers);
  }
}
