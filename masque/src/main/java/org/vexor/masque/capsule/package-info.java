/// Capsules: typed, length-prefixed messages on the byte stream of a request (RFC 9297 §3).
///
/// ```
/// bytes of DATA frames, cut anywhere ─▶ CapsuleParser ─▶ CapsuleReceiver: whole values, or a skipped one
/// value ─▶ CapsuleWriter ─▶ type, length, value
/// ```
///
/// Invariants: a capsule that its receiver does not want, or that is longer than what it takes, is
/// skipped without being held; no bytes make the parser throw; at most one capsule's value is held,
/// of at most the limit given. Entry type: [CapsuleParser]. Knows nothing of HTTP versions.
@NullMarked
package org.vexor.masque.capsule;

import org.jspecify.annotations.NullMarked;
