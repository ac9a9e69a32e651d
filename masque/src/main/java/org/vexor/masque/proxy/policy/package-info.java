/// Where a proxy lets its clients go. Asked about resolved addresses, never about names.
///
/// ```
/// address, port ─▶ deny rules ─▶ allow rules ─▶ own addresses ─▶ special ranges ─▶ allowed
///                  (IPv4 inside IPv6 forms is judged as well, with each of them)
/// ```
///
/// Invariants: what no rule allows and is not plain global unicast is denied; an IPv4 address that
/// an IPv6 one stands for is denied in every form that is known. Entry type: [AddressPolicy]. Pure;
/// knows nothing of HTTP. Ranges: IANA's special-purpose registries (RFC 6890), RFC 4291, 6052,
/// 3056, 4380.
@NullMarked
package org.vexor.masque.proxy.policy;

import org.jspecify.annotations.NullMarked;
