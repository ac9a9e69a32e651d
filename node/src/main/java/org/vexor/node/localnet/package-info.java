/// How `vexor localnet` shows what happens: a live table, lines, or JSON.
///
/// ```
/// Localnet -> slot, skipped -> LocalnetOutput: LiveTable (terminal) | SlotLines | JsonLines -> stdout
///          -> summary ------------------------^
/// ```
///
/// Invariant: table and lines end with the same summary; JSON is one object a line. Entry type:
/// [LocalnetOutput]. Decides nothing about the localnet.
@NullMarked
package org.vexor.node.localnet;

import org.jspecify.annotations.NullMarked;
