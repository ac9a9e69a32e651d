/// What `vexor tpu send` sends and counts, and how `vexor tpu serve` and it say so.
///
/// Invariant: what a run prints closes: made = accepted + each refusal, attempts = acknowledged +
/// each loss. Entry types: [TransferLoad], [SendMeter], [LoadReport], [StakesFile].
@NullMarked
package org.vexor.node.tpu;

import org.jspecify.annotations.NullMarked;
