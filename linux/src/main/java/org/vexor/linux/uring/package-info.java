/// io_uring(7) for UDP: rings shared with the kernel, buffers lent to it, one request that receives
/// for ever.
///
/// ```
///  MultishotReceive.arm ──▶ IoUring submission queue ──enter──▶ kernel
///  BufferRing.add, publish ───────────────────────────────────▶ kernel takes one for each datagram
///  handler ◀── buffer id ◀── IoUring completion queue ◀──────── kernel
/// ```
///
/// Invariants: a buffer is the kernel's from `publish` until a completion names it; with deferred
/// task running, completions appear only while the owner enters, and only the owner may enter.
/// Layouts and numbers: include/uapi/linux/io_uring.h. Entry types: [IoUring]; [UringProbe] says
/// whether it works here. May depend on `org.vexor.linux`, `org.vexor.linux.process` and
/// `org.vexor.linux.socket`.
@NullMarked
package org.vexor.linux.uring;

import org.jspecify.annotations.NullMarked;
