package org.vexor.masque.front;

import org.vexor.masque.client.TunnelState;
import org.vexor.masque.uri.UdpTarget;

/// Is told what becomes of the tunnels of a front. On any of the client's event loops; must not
/// block.
@FunctionalInterface
public interface FrontListener {
  /// Tells nobody.
  FrontListener NONE = (_, _) -> {};

  /// A tunnel to `target` stands like this now.
  void state(UdpTarget target, TunnelState state);
}
