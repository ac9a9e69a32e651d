/// `vexor run`: a node that receives turbine and tells what blocks came.
///
/// ```
/// RunCommand -> TvuNode: stages of a TvuReceiver, each on its thread -> BlockEvents -> JSON lines, or a line for a person
///                  ^ StopSignal (SIGINT, SIGTERM)
///               TvuWatch, once a second by Ticker: rates, changes of backend -> messages
/// ```
///
/// Invariants: each stage has one thread; nothing that prints runs on a thread that receives but
/// the line of a block; the last thing printed are the counters, and they add up. Entry types:
/// [TvuNode], [TvuWatch]. Knows nothing of the command line.
@NullMarked
package org.vexor.node.run;

import org.jspecify.annotations.NullMarked;
