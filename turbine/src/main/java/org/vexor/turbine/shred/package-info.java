/// What a shred is: the bytes of every variant, a view that reads them, and the rules that say no.
///
/// ```
/// datagram -> ShredView.parse -> structure sound? -> ShredFilter.check -> live rules kept? -> verify
///                    |                                      |
///                    +---------- ShredRefusal --------------+      one named reason for each no
/// ```
///
/// `parse` takes everything whose Merkle root and payload can be read, also variants that no live
/// cluster sends any more; [ShredFilter] knows what a node of today keeps. Neither allocates, and a
/// bad datagram is refused from its first 89 bytes, so it costs less than a good one.
///
/// Invariant: after a successful parse every offset of the view lies inside the shred. Entry type:
/// [ShredView]. Offsets: [ShredLayout]. Knows nothing of hashing, signatures or sets.
@NullMarked
package org.vexor.turbine.shred;

import org.jspecify.annotations.NullMarked;
