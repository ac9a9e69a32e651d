/// The TVU's receiving side: datagrams in, blocks out.
///
/// ```
/// PacketPort -> ShredIntake: ShredView.parse -> ShredFilter -> ShredVerifier -> BlockAssembler -> BlockListener
///                               |                  |               |               |
///                               +----------- one counter for each reason ----------+     SlotWindow moves on
/// ```
///
/// Invariant: datagrams received = refused + unverified + the assembler's fates, each under its
/// name, at any time that the owner is not inside a call. Entry type: [TvuReceiver], an agent with
/// one owner. Knows nothing of who sends shreds, nor what becomes of blocks.
@NullMarked
package org.vexor.turbine.tvu;

import org.jspecify.annotations.NullMarked;
