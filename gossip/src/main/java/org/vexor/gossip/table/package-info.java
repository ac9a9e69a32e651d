/// What a node knows: of each label one value, the newest that it heard of.
///
/// ```
///                   rules of acceptance        label ▶ entry      owner ▶ its entries
/// CrdsValue ──────▶ CrdsTable.insert ────────▶ TVU, gossip address ▶ owner
///                     │ not taken               high bits of the hash ▶ entries
///                     ▼                             │ too old, too many owners
///                  InsertOutcome                    ▼
///                                              hashes of what was dropped, so that it is not asked for again
/// ```
///
/// Invariants: all indexes name the same entries; there are never more owners than the bound and a
/// tenth; what is given up first has the least stake, and among equals came last, so that forged
/// newcomers displace each other. Signatures were checked before. Time is handed in.
///
/// Entry types: [org.vexor.gossip.table.CrdsTable], [org.vexor.gossip.table.Stakes]. Rules:
/// docs/wire.md §11. Knows nothing of messages and peers. One thread.
@NullMarked
package org.vexor.gossip.table;

import org.jspecify.annotations.NullMarked;
