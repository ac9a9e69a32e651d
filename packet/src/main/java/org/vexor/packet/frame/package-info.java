/// Who has which frame: the bookkeeping that every backend shares.
///
/// ```
///   receive:  free ──take──▶ engine ──retain──▶ users ──release (any thread)──▶ returned ──reclaim──▶ free
///   send:     free ──reserve──▶ user ──commit──▶ queued ──taken──▶ free
/// ```
///
/// Invariants: a frame is in exactly one place; only the owner takes, gives, reserves and commits;
/// a release from any thread happens before the owner's reuse of that frame. Nothing allocates
/// after construction. Entry types: [FrameLedger] and the [FrameDatagram] that lends its frames for
/// reception, [FrameQueue] between two threads, [SendRing] and the [RingPort] around it for
/// sending. Knows nothing of any backend.
@NullMarked
package org.vexor.packet.frame;

import org.jspecify.annotations.NullMarked;
