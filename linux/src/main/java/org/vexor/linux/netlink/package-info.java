/// Route netlink and generic netlink: what the kernel knows of links, addresses, routes,
/// neighbours.
///
/// ```
/// ChangeEvents --"routes changed"--> NetworkReader --> NetworkSnapshot --route, MAC--> sender
///                                        | dumps            ^ immutable                  |
///                                        v                                     unknown neighbour
///     NetlinkSocket <-- Request     Link, OwnAddress, Rule,                              v
///        |                          RouteEntry, Neighbour                       NeighbourResolver
///        `--> Message, Bytes ----------> (parsers)                 NetdevFeatures (XDP of a driver)
/// ```
///
/// Invariants: parsers never throw on a kernel message, they skip or stop; a snapshot is immutable
/// and its lookups allocate nothing; where more than the destination decides, the answer is "ask
/// the kernel", never a guess; addresses are two longs, IPv4 mapped to `::ffff:a.b.c.d`. Entry
/// types: [NetworkReader], [NetworkSnapshot], [ChangeEvents], [NeighbourResolver],
/// [NetdevFeatures], [NetdevQueues]. May depend on `org.vexor.linux` and the address form of
/// `org.vexor.linux.socket` only.
@NullMarked
package org.vexor.linux.netlink;

import org.jspecify.annotations.NullMarked;
