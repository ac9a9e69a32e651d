/// How a running node is, for who asks: `vexor status`.
///
/// ```
///  BackendRows, TvuRow, ... (ComponentSource) ─▶ Components ─▶ StatusDocument ─▶ StatusServer
///                                                                                   │ Unix socket, this user only
///                                              StatusTable or JSON ◀─ StatusClient ─┘
/// ```
///
/// A later part of the node adds its rows with [Components#add]. Invariants: answering never makes
/// a thread that moves packets wait; one request at a time, each with a time limit; nobody but the
/// node's own user gets an answer. Entry types: [Components], [StatusServer], [StatusClient].
@NullMarked
package org.vexor.node.status;

import org.jspecify.annotations.NullMarked;
