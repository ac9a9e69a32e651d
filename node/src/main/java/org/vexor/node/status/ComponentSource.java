package org.vexor.node.status;

import java.util.List;

/// A part of the node that can say how it is: one row of the table, or several.
///
/// Called by the thread that answers status requests, at any time; reads what other threads
/// publish, and neither blocks nor makes anybody wait.
@FunctionalInterface
public interface ComponentSource {
  List<ComponentStatus> status();
}
