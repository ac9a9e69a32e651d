package org.vexor.node.status;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// All parts of a node that say how they are, in the order in which they were added. Any thread.
public final class Components implements ComponentSource {
  private final List<ComponentSource> sources = new CopyOnWriteArrayList<>();

  /// Adds rows to the end of the table.
  public void add(ComponentSource source) {
    sources.add(source);
  }

  @Override
  public List<ComponentStatus> status() {
    return sources.stream().flatMap(source -> source.status().stream()).toList();
  }
}
