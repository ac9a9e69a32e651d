/// Asking for what we lack, and answering those who ask.
///
/// ```
/// CrdsTable ──PullFilters──▶ a few of 64 parts, each with a filter of what we have ▶ requests
/// request ──PullServer──▶ what the caller lacks, as far as the budget goes ▶ responses
/// ```
///
/// Invariants: a response never takes more bytes than the budget has; a filter with its caller fits
/// one datagram. Entry types: [org.vexor.gossip.pull.PullFilters],
/// [org.vexor.gossip.pull.PullServer]. Knows nothing of peers and their choice.
@NullMarked
package org.vexor.gossip.pull;

import org.jspecify.annotations.NullMarked;
