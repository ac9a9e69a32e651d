package org.vexor.node.route;

import org.vexor.quic.path.RouteDecision;

/// Hears how what the node sends goes out. Any thread; must not block.
public interface RouteListener {
  /// Tells nobody.
  RouteListener NONE =
      new RouteListener() {
        @Override
        public void decided(RouteDecision decision) {
          // Nobody wants to know.
        }

        @Override
        public void turned(String role, String route, String why) {
          // Nobody wants to know.
        }
      };

  /// A way was chosen for a connection, or none was found.
  void decided(RouteDecision decision);

  /// All datagrams of a role go another way from now on.
  ///
  /// @param role as people know it: `gossip`
  /// @param route `direct`, or the tunnel's name
  void turned(String role, String route, String why);
}
