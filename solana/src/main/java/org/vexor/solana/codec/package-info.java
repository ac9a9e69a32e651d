/// Solana's common encodings: little-endian integers, ShortVec, varint, bincode lengths and
/// options.
///
/// ```
/// datagram or frame -> WireReader.wrap -> values ... -> failure()      one check at the end
/// WireWriter.wrap -> put ... -> failure(), length()
/// ```
///
/// Invariants: no byte outside the wrapped range is read or written; the first failure stays and
/// every later read gives zero, every later write does nothing; no call throws because of what the
/// bytes say. Entry types: [WireReader], [WireWriter], [WireFailure]. Knows nothing of
/// transactions, shreds or gossip.
@NullMarked
package org.vexor.solana.codec;

import org.jspecify.annotations.NullMarked;
