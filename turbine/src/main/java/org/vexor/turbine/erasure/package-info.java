/// Reed-Solomon over GF(2^8), as Solana's FEC sets use it.
///
/// ```
/// ShardTable (what is here, what is missing) -> Interpolation (one coefficient per missing and present shard)
///            -> GaloisKernel (scalar or vector) -> the missing shards, written in place
/// ```
///
/// The code is the systematic one of the `reed-solomon-erasure` crate that agave uses: shard r is
/// the value at the field element r of the polynomial of degree below k that takes the data shards
/// as its values at 0..k-1. So any missing shard, data or code, is a Lagrange interpolation of any
/// k present ones, and encoding is the case in which all code is missing. No matrix is inverted.
///
/// Invariants: a missing shard is never read; scalar and vector kernels give the same bytes;
/// nothing is allocated after construction. The incubator module `jdk.incubator.vector` is named by
/// one class only, which is loaded only where that module is in the boot layer.
///
/// Entry type: [ReedSolomon]. Knows nothing of shreds.
@NullMarked
package org.vexor.turbine.erasure;

import org.jspecify.annotations.NullMarked;
