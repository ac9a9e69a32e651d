/// The program `vexor`: where the floors below are wired together and driven from a shell.
///
/// ```
/// ./vexor (launcher) -> Main -> cli (one class a command) -> the library floors
/// ```
///
/// Invariants: an expected failure ends in one line and exit code 2; a stack trace never reaches
/// the terminal. Entry type: [org.vexor.node.Main]. Nothing depends on this package.
@NullMarked
package org.vexor.node;

import org.jspecify.annotations.NullMarked;
