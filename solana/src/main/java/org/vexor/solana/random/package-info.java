/// The deterministic draws that every node of a cluster must make alike: who leads, who forwards.
///
/// ```
/// 32-byte seed -> ChaCha -> u64 stream -> Uniform.single   -> WeightedShuffle   turbine tree
///                                      -> Uniform.instance -> WeightedIndex     leader schedule
/// ```
///
/// Invariants: equal seeds give equal draws on every machine; nothing here allocates after it was
/// built. Weights and sums are unsigned 64-bit. Entry types: [ChaCha], [WeightedShuffle],
/// [WeightedIndex]. Not for secrets. Depends on nothing but the JDK.
@NullMarked
package org.vexor.solana.random;

import org.jspecify.annotations.NullMarked;
