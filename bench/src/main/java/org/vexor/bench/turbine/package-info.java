/// Speed of the shred path in one thread, on shreds that lie in memory.
///
/// ```
/// BenchInput -> RootBenchmark, VerifyBenchmark, RecoveryBenchmark, DeshredBenchmark, MakeBenchmark
/// ```
///
/// All work on the same [BenchInput]: the shreds of [BenchInput#SETS] whole FEC sets, made here
/// from transfers or read from a capture, so that another implementation can be measured on the
/// very same bytes. One invocation is one pass over all of them; the figures are per shred or per
/// set. A pass that did not do its whole work throws, so that no figure comes of work left out. The
/// kernels of the erasure code are measured in `org.vexor.turbine.erasure`, as they are private to
/// it.
///
/// Entry type: [BenchInput]. May not be depended on by any other module.
@NullMarked
package org.vexor.bench.turbine;

import org.jspecify.annotations.NullMarked;
