/// Host names of targets, before a request is answered (RFC 9298 §3.1).
///
/// Invariants: a look-up takes no longer than its time and never a thread of the packets; as many
/// run at once as was said, the others are refused; what one look-up gave is what is checked and
/// connected to, nothing is asked twice. Entry types: [HostResolver], [SystemResolver].
@NullMarked
package org.vexor.masque.proxy.resolve;

import org.jspecify.annotations.NullMarked;
