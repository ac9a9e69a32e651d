/// Transactions and votes out to the leaders, and what became of each.
///
/// Contacts, blocks and time reach it through small interfaces of its own; it knows neither gossip
/// nor turbine, and Netty only through [org.vexor.quic].
@NullMarked
package org.vexor.tpu;

import org.jspecify.annotations.NullMarked;
