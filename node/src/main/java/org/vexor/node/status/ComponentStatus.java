package org.vexor.node.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// How one part of the node is at this moment.
///
/// @param component its name, as people know it: `AF_XDP`, `TVU`
/// @param why what the state comes of; empty when it needs no reason
/// @param performance what was measured, in words with units; empty where nothing is
/// @param action what somebody has to do; empty when nothing
/// @param figures the measured numbers for programs, by name; names end in their unit
public record ComponentStatus(
    String component,
    State state,
    String why,
    String performance,
    String action,
    Map<String, Number> figures) {
  public ComponentStatus {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /// One without figures.
  public ComponentStatus(
      String component, State state, String why, String performance, String action) {
    this(component, state, why, performance, action, Map.of());
  }

  /// Whether it does what it is there for.
  public enum State {
    /// As well as it can.
    READY,
    /// It does, and could do better: `why` says what is lost, `action` what brings it back.
    DEGRADED,
    /// It does not, and something else may do its work.
    OFF;

    /// The word for it in tables and JSON.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
