package org.vexor.tpu.leader;

/// A leader to send to or to connect to.
///
/// @param slot the slot for which it is wanted
public record PlannedLeader(long slot, LeaderContact contact) {}
