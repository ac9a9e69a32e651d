/// The node's counters for a monitoring system: `vexor run --metrics ADDR:PORT`.
///
/// ```
///  Components, EngineStatus, IntakeCounters ─▶ NodeMetrics ─▶ Exposition ─▶ MetricsServer ─▶ GET /metrics
/// ```
///
/// Invariants: off unless asked for; reads what other threads publish and makes none of them wait.
/// Entry types: [NodeMetrics], [MetricsServer].
@NullMarked
package org.vexor.node.metrics;

import org.jspecify.annotations.NullMarked;
