/// Facts about this host that the kernel shows in /proc and /sys: its version, settings, memory
/// pages, processors, and whether we are inside a container.
///
/// ```
/// /proc, /sys --HostFiles--> Reading (value, absent, refused) --> HugePages, CpuTopology,
///                                                                 KernelVersion, ContainerSigns
/// ```
///
/// Invariants: reading needs no privilege and changes nothing; "may not look" is never reported as
/// "is not there". The folder that stands for `/` is a parameter, so tests make their own host.
/// Entry type: [HostFiles]. Depends on the JDK only.
@NullMarked
package org.vexor.linux.host;

import org.jspecify.annotations.NullMarked;
