/// Header fields of MASQUE: Structured Fields (RFC 9651) as far as they are used here,
/// `Capsule-Protocol` (RFC 9297 §3.4) and `Proxy-Status` (RFC 9209).
///
/// Invariants: a field that does not parse counts as absent, as those RFCs want it; no bytes make a
/// parser throw. Entry types: [ProxyStatus], [CapsuleProtocol]. Pure functions.
@NullMarked
package org.vexor.masque.field;

import org.jspecify.annotations.NullMarked;
