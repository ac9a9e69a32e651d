/// bpf(2): maps, a small assembler, programs, links. What an XDP program needs and no more.
///
/// ```
/// Assembler --bytes--> BpfProgram --XdpLink--> interface
///     |  loadMap           |
///   BpfMap <---------------+  shared with this process
/// ```
///
/// Invariants: another's program is never replaced; nothing outlives the process; a refusal of the
/// verifier carries its log. Entry types: [Assembler], [BpfMap], [BpfProgram], [XdpLink]. Layouts:
/// include/uapi/linux/bpf.h. Depends on [org.vexor.linux] and [org.vexor.linux.netlink] only.
@NullMarked
package org.vexor.linux.bpf;

import org.jspecify.annotations.NullMarked;
