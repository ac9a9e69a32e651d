package org.vexor.tpu.leader;

/// Who says which slot it is.
public enum SlotSource {
  /// Shreds that this node received and verified: the leader of the slot is sending.
  SHREDS,
  /// A node's RPC or WebSocket: it has got that far, which may be behind.
  RPC
}
