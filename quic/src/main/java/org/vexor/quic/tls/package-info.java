/// TLS 1.3 for QUIC: who we are, whom we believe, and the traps of doing it with BoringSSL.
///
/// ```
/// TlsIdentity  PEM files, or a Solana key in the certificate all nodes build alike ┐
/// PeerTrust    authorities and names, or an Ed25519 key and nothing else           ├ TlsOptions → TlsContext → one engine a connection
/// protocols, client certificate wanted or not, resumption, 0-RTT, key log          ┘
/// ```
///
/// Invariants:
///
/// - The key of the peer's first certificate signed this handshake, or the one that is resumed;
///   whatever else is wrong with the certificate.
/// - A pinned key holds for resumed sessions too: a session is remembered under the key it was made
///   with, and the peer's certificate is compared again after the handshake.
/// - A client whose certificate is asked for sends it, whichever key types the server lists.
///
/// Entry type: [TlsOptions]. Knows TLS, not connections. Facts: RFC 8446, 9001; Solana's TPU
/// profile.
@NullMarked
package org.vexor.quic.tls;

import org.jspecify.annotations.NullMarked;
