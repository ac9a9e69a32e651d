/// [org.vexor.packet.PacketEngine] without a wire: a simulated network inside the process, for
/// tests and whole clusters on a simulated clock.
///
/// ```
///  MemoryEngine ──flush──▶ MemoryNetwork: loss, duplication, delay, reordering ──doWork, when due──▶ MemoryEngine
/// ```
///
/// Invariants: all chance comes from the seed and all time from the clock, so one thread driving
/// all engines sees the same run each time; committed = delivered + each named drop, duplicates
/// counted apart. Entry type: [MemoryNetwork]. A network may be used from several threads, at the
/// cost of one lock.
@NullMarked
package org.vexor.packet.memory;

import org.jspecify.annotations.NullMarked;
