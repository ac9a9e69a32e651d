/// QUIC rates: the same endpoints over our ports and over Netty's own sockets, and our client
/// beside Agave's.
///
/// ```
/// QuicRates --job download | datagrams   server and client in one process, an event loop each
///           --job transactions           client into an Agave server that runs beside
/// Carriers: those of [org.vexor.bench.netty.Transport] but AF_XDP, as both ends are on loopback
/// ```
///
/// One run prints one JSON line; `bench/quic` runs them in turn. Entry type: [QuicRates]. May not
/// be depended on by any other module.
@NullMarked
package org.vexor.bench.quic;

import org.jspecify.annotations.NullMarked;
