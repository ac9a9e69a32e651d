/// Virtual hosts for tests that need a network of their own and root to make it.
///
/// Invariant: what a test makes is gone after it, however it ends. Entry types: [VirtualHosts],
/// [RequiresRoot]. Works by the program `ip`; makes no system calls itself.
@NullMarked
package org.vexor.testkit.net;

import org.jspecify.annotations.NullMarked;
