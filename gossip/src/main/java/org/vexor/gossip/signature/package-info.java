/// Signing as gossip asks for it, so that a cluster simulated by the thousand can be given
/// something cheaper than Ed25519; checking is done by any
/// [org.vexor.solana.crypto.SignatureVerifier]. Entry type:
/// [org.vexor.gossip.signature.GossipSigner]. Knows nothing of what is signed.
@NullMarked
package org.vexor.gossip.signature;

import org.jspecify.annotations.NullMarked;
