/// The command `vexor proxy`: a MASQUE proxy from command line, file and signals.
///
/// ```
/// command line > vexor.toml [proxy] > defaults ─▶ ProxyConfig ─▶ ProxySetup ─▶ MasqueProxy
///                     └ changed, or SIGHUP: ProxyReload ─▶ other ProxySettings, tunnels go on
/// MasqueProxy ─▶ ProxyRow (status), ProxyFigures (JSON, metrics), AccessLogFile
/// ```
///
/// Invariants: other than loopback addresses are not served without authentication; what cannot
/// change while it runs is said when the file asks for it. Entry type: [ProxySetup].
@NullMarked
package org.vexor.node.proxy;

import org.jspecify.annotations.NullMarked;
