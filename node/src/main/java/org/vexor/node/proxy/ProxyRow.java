package org.vexor.node.proxy;

import java.util.List;
import java.util.Map;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.node.status.ComponentSource;
import org.vexor.node.status.ComponentStatus;

/// The row of a proxy in the table of components.
public final class ProxyRow implements ComponentSource {
  private final MasqueProxy proxy;

  public ProxyRow(MasqueProxy proxy) {
    this.proxy = proxy;
  }

  @Override
  public List<ComponentStatus> status() {
    Map<String, Number> figures = ProxyFigures.of(proxy);
    int tunnels = proxy.gate().ledger().tunnels();
    int most = proxy.settings().limits().tunnels();
    boolean full = tunnels >= most;
    boolean draining = proxy.gate().isDraining();
    return List.of(
        new ComponentStatus(
            "MASQUE proxy",
            full || draining ? ComponentStatus.State.DEGRADED : ComponentStatus.State.READY,
            "port "
                + proxy.localAddress().getPort()
                + (draining ? ", about to stop" : full ? ", no room for more tunnels" : ""),
            "%d UDP and %d TCP tunnels of %d clients"
                .formatted(
                    proxy.counters().open(Transport.UDP),
                    proxy.counters().open(Transport.TCP),
                    proxy.gate().ledger().clients()),
            full ? "raise proxy.limits.tunnels from " + most : "",
            figures));
  }
}
