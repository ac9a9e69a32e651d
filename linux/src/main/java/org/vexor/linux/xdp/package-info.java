/// AF_XDP: sockets that share packet memory with the kernel, and the rings between.
///
/// ```
///                 our thread                       kernel
///   free frames --FillRing--------------------->  NIC queue
///   packets     <-ReceiveRing------------------   XDP program redirects (org.vexor.linux.xdp.program)
///   packets     --TransmitRing---------------->   NIC queue
///   free frames <-CompletionRing---------------   sent
/// ```
///
/// Invariants: one thread owns a socket's rings; ring operations allocate nothing and make no call;
/// an index is published with release and read with acquire. Entry type: [XdpSocket]. Layouts:
/// include/uapi/linux/if_xdp.h. Depends on [org.vexor.linux] only.
@NullMarked
package org.vexor.linux.xdp;

import org.jspecify.annotations.NullMarked;
