/// The commands of `vexor`, one class each, and how they fail.
///
/// ```
/// arguments -> VexorCommand (picocli) -> command.call() -> exit code
///                    |                        |
///              UsageErrors              ExecutionErrors        one line on stderr each
/// ```
///
/// Invariants: results go to stdout, everything else to stderr; exit codes are 0 (done), 1 (the
/// program's own failure) and 2 (the user can mend it). A command reads the world only through what
/// picocli hands it. Entry type: [VexorCommand].
@NullMarked
package org.vexor.node.cli;

import org.jspecify.annotations.NullMarked;
