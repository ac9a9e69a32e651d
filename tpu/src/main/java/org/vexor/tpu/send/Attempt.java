package org.vexor.tpu.send;

/// A transaction on its way to one target.
///
/// @param queuedNs since when it waits
/// @param connections that it was lost with before
record Attempt(Pending pending, TpuTarget target, long queuedNs, int connections) {
  /// The same, once more from the beginning.
  Attempt again(long nowNs) {
    return new Attempt(pending, target, nowNs, connections + 1);
  }
}
