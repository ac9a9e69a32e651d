package org.vexor.masque.proxy.request;

import org.vexor.masque.proxy.limit.TunnelLedger;
import org.vexor.masque.uri.UdpTarget;

/// A request that may be tried.
///
/// @param transport of the tunnel's far side
/// @param client the name that it proved; empty when it did not have to
/// @param place in the accounts, to be given back when the tunnel is over
public record Wanted(
    Transport transport, UdpTarget target, String client, TunnelLedger.Place place) {
  /// What the target speaks.
  public enum Transport {
    UDP,
    TCP
  }
}
