package org.vexor.masque.proxy.resolve;

import java.net.InetAddress;
import java.util.List;

/// What came of asking for a name.
public sealed interface Resolution {
  /// It has addresses, in the order in which they should be tried.
  record Addresses(List<InetAddress> addresses) implements Resolution {
    public Addresses {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("no addresses: answer NotFound");
      }
    }
  }

  /// There is no such name, or it has no address.
  ///
  /// @param rcode of DNS, as RFC 9209 §2.3.2 wants it
  record NotFound(String rcode) implements Resolution {}

  /// Those who know could not be asked.
  record Failed(String why) implements Resolution {}

  /// No answer in time.
  record TimedOut() implements Resolution {}

  /// As many look-ups as allowed are under way.
  record Busy() implements Resolution {}
}
