/// Signing and checking as gossip asks for it, so that a cluster simulated by the thousand can be
/// given something cheaper than Ed25519. Entry types: [org.vexor.gossip.signature.GossipSigner],
/// [org.vexor.gossip.signature.GossipVerifier]. Knows nothing of what is signed.
@NullMarked
package org.vexor.gossip.signature;

import org.jspecify.annotations.NullMarked;
