/// Ed25519's equation for eight signatures at a time, in vectors: every lane judges a signature of
/// its own, so the answers are those of checking one after another.
///
/// ```
/// hash, s ──Scalars──▶ digits ─┐
/// key ──KeyMultiples──▶ -8 A .. 8 A ─┼─▶ VectorEquation: double, add ─▶ PointLanes ─▶ FieldLanes ─▶ R' = R ?
/// BaseMultiples: 0 .. 128 B ─────────┘
/// ```
///
/// Everything here is public when it comes, so nothing is kept from taking a time that depends on
/// it: not for signing. Invariants: nothing is allocated after construction; the bounds of limbs in
/// [FieldLanes] hold between all calls. Entry type: [org.vexor.solana.crypto.lanes.EquationLanes].
/// Knows nothing of messages, and of the rules beyond the equation. Field, curve, group: RFC 8032
/// §5.1.
@NullMarked
package org.vexor.solana.crypto.lanes;

import org.jspecify.annotations.NullMarked;
