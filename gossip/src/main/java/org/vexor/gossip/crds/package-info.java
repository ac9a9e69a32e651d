/// The facts that gossip carries: one signed value of one owner at a time, as records, both ways.
///
/// ```
/// bytes ──CrdsReader──▶ CrdsValue (the bytes, their hash) ▶ CrdsData (the record) ──CrdsWriter──▶ bytes
/// ```
///
/// Invariants: what [CrdsReader] accepts, [CrdsWriter] writes back byte for byte; a count is
/// believed only after it was held against the bytes that are left; whatever the bytes say, reading
/// ends in a value or in one [GossipRefusal], never in an exception. Types that the network dropped
/// are read only so that what follows them can be found; [CrdsKind#isRelayed] says no to them.
/// Entry types: [CrdsValue], [CrdsData]. Layouts: docs/wire.md §10. Knows nothing of messages or
/// tables.
@NullMarked
package org.vexor.gossip.crds;

import org.jspecify.annotations.NullMarked;
