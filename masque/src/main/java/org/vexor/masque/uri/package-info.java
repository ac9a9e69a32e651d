/// URI templates of proxies (RFC 6570 up to level 3, as RFC 9298 §2 allows) and the targets in
/// them.
///
/// ```
/// client:  UdpTarget ─▶ UriTemplate.path ─▶ :path
/// proxy:   :path ─▶ UriTemplate.match ─▶ values, percent-decoded once ─▶ UdpTarget.parse
/// ```
///
/// Invariants: a template that RFC 9298 forbids is refused when it is read, before anything is
/// sent; what a request names is taken literally or refused, never guessed at. Entry types:
/// [UriTemplate], [UdpTarget]. Pure functions; no name is resolved here.
@NullMarked
package org.vexor.masque.uri;

import org.jspecify.annotations.NullMarked;
