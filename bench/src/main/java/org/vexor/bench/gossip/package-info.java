/// Speed and size of gossip in one thread, on contact infos that are made here.
///
/// ```
/// MadeContacts ─▶ ValueBenchmark   datagram ─▶ decoded ─▶ signature checked ─▶ in the table
///              ─▶ PullBenchmark    request ─▶ the datagrams of its answer
///              ─▶ TableSize        bytes of a table
/// ```
///
/// One invocation of a benchmark of values is one pass over all of them; figures are per value. A
/// pass that did not do its whole work throws, so that no figure comes of work left out. May not be
/// depended on by any other module.
@NullMarked
package org.vexor.bench.gossip;

import org.jspecify.annotations.NullMarked;
