/// Who may use a proxy.
///
/// ```
/// Proxy-Authorization, Authorization, TLS certificate ─▶ AccessList.judge ─▶ Granted(name) | Missing | Wrong
/// ```
///
/// The file that an [AccessList] is read from has a credential a line:
///
/// ```
/// # kind   name    secret
/// basic    alice   correct horse battery staple      the rest of the line is the password
/// basic    bob     sha256:5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8
/// bearer   carol   sha256:...                        or the token itself
/// key      node-1  <64 hex digits>                   an Ed25519 key that the client's certificate has
/// ```
///
/// Invariants: secrets are kept as digests, compared in constant time, all of them each time, and
/// never appear in messages; a client that is not known gets nothing. Entry type: [AccessList].
@NullMarked
package org.vexor.masque.proxy.access;

import org.jspecify.annotations.NullMarked;
