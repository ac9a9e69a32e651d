/// What an engine measured and what it can say of itself.
///
/// ```
///  TrafficCounters ──once a second──▶ RateSampler ──▶ Rates of the last second, the last minute ─┐
///  PacketEngine.report(), ports(), counters() ───────────────────────────────────────────────────┴─▶ EngineStatus
/// ```
///
/// Invariant: every number was counted; a rate is over the time that really passed. Entry types:
/// [RateSampler], [EngineStatus]. Depends on the contract only.
@NullMarked
package org.vexor.packet.report;

import org.jspecify.annotations.NullMarked;
