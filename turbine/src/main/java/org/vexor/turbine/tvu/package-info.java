/// The TVU's receiving side: datagrams in, blocks out, in stages that are agents.
///
/// ```
///  SHARED     PacketPort -> SharedAgent: parse -> ShredFilter -> VerifyStage: ShredVerifier -> BlockAssembler -> BlockListener
///
///  DEDICATED  PacketPort -> ReceiveAgent: headers -> ShredFilter ==FrameQueue==> VerifyAgent: parse -> VerifyStage ...
///             one thread                                   | frames, retained |            another thread
///                                                          full: shed, counted
/// ```
///
/// Each stage counts under a name what ends with it; the verified slots move the filter's
/// [SlotWindow] on. Invariant: datagrams received = refused + shed + unverified + the assembler's
/// fates + those in the queue, at any time that no stage is inside a call. Entry type:
/// [TvuReceiver]; [WarmUp] before the first burst. Knows nothing of who sends shreds, nor what
/// becomes of blocks.
@NullMarked
package org.vexor.turbine.tvu;

import org.jspecify.annotations.NullMarked;
