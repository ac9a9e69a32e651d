/// Connections that are kept for the next use.
///
/// ```
/// find(target) → Open                       use it
///              → Connecting                 wait for it
///              → BackedOff (until, why)     use another peer, or come again
/// ```
///
/// An entry is connecting, open or backed off. A lost connection is opened again while its entry is
/// in use, after a pause that doubles with each failure and is never the same twice; an entry
/// unused for long, or the least recently used one of too many, is closed.
///
/// Invariants: at most one connection and one attempt for a target; never more entries than the
/// limit; each change of state is counted and told; time and randomness are handed in.
///
/// Entry type: [ConnectionCache].
@NullMarked
package org.vexor.quic.cache;

import org.jspecify.annotations.NullMarked;
