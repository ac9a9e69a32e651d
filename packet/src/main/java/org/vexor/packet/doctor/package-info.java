/// What stands between this process and the best backend: facts, what they mean, and what mends
/// them, word for word.
///
/// ```
///  Surroundings, KernelFindings' probes ─▶ PrivilegeFindings, KernelFindings, MemoryFindings ─┐
///  Link, DeviceFacts of each interface ──▶ DeviceFindings ────────────────────────────────────┼─▶ Diagnosis
///  PacketEngines.prospects(Selection) ───────────────────────── what would be chosen now ─────┘      │
///                                                                            text, JSON, FixScript ◀─┘
/// ```
///
/// Invariants: nothing is changed; everything works without any privilege; what may not be looked
/// at is [State#UNKNOWN]; the choice is the one that opening an engine makes, from the same code.
/// Entry type: [Doctor]. Depends on `linux` and the packages `probe`, `select` and `xdp` (how much
/// memory it wants).
@NullMarked
package org.vexor.packet.doctor;

import org.jspecify.annotations.NullMarked;
