package org.vexor.node.metrics;

/// A part of the node that has metrics of its own. Called by the thread that answers, at any time;
/// reads what other threads publish, and makes nobody wait.
@FunctionalInterface
interface MetricsSource {
  void write(Exposition out);
}
