/// Captured datagrams made into blocks, all at once.
///
/// ```
/// datagrams -> ShredView -> MerkleHasher -> LeaderCheck (if there is a leader) -> BlockAssembler -> Decoded
///                 | refused                     | bad
///                 +-----------------------------+--> counted by name
/// ```
///
/// Invariants: datagrams = shreds offered to the assembler + refused + badly signed, and each
/// offered shred has a fate; any bytes are an answer, never an exception. Shreds of any age are
/// read, whatever a live node would make of them. Entry type: [CaptureDecoder]. Reads no files.
@NullMarked
package org.vexor.node.decode;

import org.jspecify.annotations.NullMarked;
