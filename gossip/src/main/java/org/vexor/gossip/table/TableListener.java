package org.vexor.gossip.table;

import org.vexor.gossip.crds.CrdsValue;

/// Hears what changes in a table, on the table's thread.
public interface TableListener {
  /// Hears nothing.
  TableListener NONE = new TableListener() {};

  /// A value is in, for the first time or in place of an older one.
  default void taken(CrdsEntry entry) {}

  /// A label has no value any more.
  default void removed(CrdsValue value) {}
}
