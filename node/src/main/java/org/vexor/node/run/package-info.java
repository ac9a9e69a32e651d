/// `vexor run`: a node that receives turbine and tells what blocks came.
///
/// ```
/// RunCommand -> TvuNode: PacketEngine -> TvuReceiver -> BlockEvents -> JSON lines, or a line for a person
///                  ^ StopSignal (SIGINT, SIGTERM)
/// ```
///
/// Invariants: one thread owns the receiver; the last thing printed are the counters, and they add
/// up. Entry type: [TvuNode]. Knows nothing of the command line.
@NullMarked
package org.vexor.node.run;

import org.jspecify.annotations.NullMarked;
