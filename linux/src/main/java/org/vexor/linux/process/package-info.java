/// Facts about this process and its threads, and the few that it changes: capabilities, limits,
/// processors, sleeping and waking, network namespaces.
///
/// Invariants: reading a fact needs no privilege; nothing here changes the host. Entry types:
/// [ProcessStatus], [PollSet], [NetworkNamespace]. Depends on [org.vexor.linux] only.
@NullMarked
package org.vexor.linux.process;

import org.jspecify.annotations.NullMarked;
