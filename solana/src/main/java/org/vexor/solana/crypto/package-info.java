/// Ed25519 as the cluster judges it, and the keys that sign.
///
/// ```
/// signature, key -> StrictRules (encodings, small order) -> Corretto or JDK -> accepted?
/// many of them   -> StrictRules -> SignatureLanes, once LanesTrial found them right and faster
/// KeypairFile <-> Keypair -> Ed25519Signer -> signature
/// ```
///
/// Providers differ in what they let through at the edges; a node that accepts what its neighbours
/// refuse splits from them. [StrictRules] decides those cases before a provider sees them, so all
/// providers give one answer. Invariants: a private key is in no message and no `toString`;
/// verifiers and signers belong to one thread. Entry types: [Ed25519Verifier], [Keypair],
/// [KeypairFile]. Only [Ed25519Provider] knows which library computes.
@NullMarked
package org.vexor.solana.crypto;

import org.jspecify.annotations.NullMarked;
