package org.vexor.gossip.table;

/// How a value came to us; the rules differ.
public enum Route {
  /// Somebody told us news.
  PUSH,
  /// We asked for what we lack, which may be old.
  PULL_RESPONSE,
  /// The caller of a pull request told us who it is.
  PULL_REQUEST
}
