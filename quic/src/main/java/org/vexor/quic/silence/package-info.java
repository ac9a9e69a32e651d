/// Notices peers that are gone without a word, such as a process that was killed, long before the
/// idle time-out would.
///
/// ```
/// nothing came for a while ─▶ a sign of life is asked for ─▶ answered: asked again later and later
///                                                        ├▶ ICMP port unreachable, twice, quoting what only we sent ─▶ gone
///                                                        └▶ nothing at all for long ─▶ gone
/// ```
///
/// Invariants: no ICMP message ends a connection whose peer is heard from, or that quotes another
/// connection's id; who cannot see the packets cannot know that id (RFC 9000 §21.5 on off-path
/// attackers). A peer that is idle costs a packet and its acknowledgement at ever longer intervals.
/// Entry type: [SilenceWatch]. Event loop only; knows nothing of what the sign of life is.
@NullMarked
package org.vexor.quic.silence;

import org.jspecify.annotations.NullMarked;
