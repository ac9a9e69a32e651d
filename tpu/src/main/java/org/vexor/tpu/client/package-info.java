/// A client that knows whom to send to, and what became of what it sent.
///
/// ```
/// LeaderTracker -> LeaderSource -+
/// submit ------------------------+-> TransactionSender -> leaders
///                                        | SendListener
/// seen in a block -> TpuClient           v
///                      `---------> TransactionHistory
/// ```
///
/// Entry type: [TpuClient]. Its parts are made by whoever uses it, and are theirs to ask.
@NullMarked
package org.vexor.tpu.client;

import org.jspecify.annotations.NullMarked;
