package org.vexor.masque.proxy.request;

import java.util.List;
import java.util.Set;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.AddressPolicy;
import org.vexor.masque.uri.UriTemplate;

/// What can change while a proxy runs. Immutable; requests that come after the change see the new
/// ones, tunnels that are there go on.
///
/// @param templates whose paths ask for UDP tunnels; the host in them means nothing here
/// @param transports offered
/// @param logTargets whether the access log names them
public record ProxySettings(
    List<UriTemplate> templates,
    Set<Wanted.Transport> transports,
    AccessList access,
    AddressPolicy policy,
    ProxyLimits limits,
    boolean logTargets) {
  public ProxySettings {
    templates = List.copyOf(templates);
    transports = Set.copyOf(transports);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("a proxy needs a URI template");
    }
    if (transports.isEmpty()) {
      throw new IllegalArgumentException("a proxy that offers neither UDP nor TCP");
    }
  }
}
