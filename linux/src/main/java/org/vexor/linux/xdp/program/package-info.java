/// The XDP program that shares an interface between Vexor and the kernel.
///
/// ```
/// frame -> ours? (port map, address map) -- yes -> XSKMAP[queue] -> XdpSocket
///             '-- no, or no socket there ------------------------> kernel
/// ```
///
/// Invariants: never drops or aborts; whatever it does not fully understand passes. The tests hold
/// it against a model in Java for every port and for mutated frames. Entry type: [XdpFilter].
@NullMarked
package org.vexor.linux.xdp.program;

import org.jspecify.annotations.NullMarked;
