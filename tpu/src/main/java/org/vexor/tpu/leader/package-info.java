/// Whom to send to now: which slot it is, who leads it, and where that leader listens.
///
/// ```
/// own shreds --+                       ScheduleSource (RPC | stakes | file)
/// RPC slots ---+-> SlotClock               -> ScheduleKeeper -> ScheduleBook --+
///                    | SlotEstimate                                            |
///                    +--------------------> LeaderTracker <-- LeaderContacts <-+-- gossip, RPC
///                                                |
///                                                `-> LeaderPlan: targets, warm, troubles
/// ```
///
/// Invariants: an estimate names its uncertainty, and grows it while nobody confirms it; a plan is
/// made of whatever is still known, and says what is not. Time comes in as nanoseconds of one
/// monotonic clock. Entry type: [LeaderTracker]. Opens no sockets; what blocks ([ScheduleKeeper],
/// [RpcFollower]) says so.
@NullMarked
package org.vexor.tpu.leader;

import org.jspecify.annotations.NullMarked;
