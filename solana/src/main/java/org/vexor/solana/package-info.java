/// Solana's words that every floor shares: keys, hashes, signatures, their base58 form, slots.
///
/// ```
/// text (CLI, JSON, logs)  <-- Base58 -->  Pubkey | Hash | Signature  <-- of / copyTo -->  wire bytes
/// ```
///
/// Invariants: a value never shares its bytes with anybody, so it can be a map key and can cross
/// threads freely; order is that of the unsigned bytes, as Rust's derived order. Entry types:
/// [Pubkey], [Hash], [Signature]. Slots are plain `long`; [Epochs] does arithmetic on them. Depends
/// on nothing but the JDK; knows nothing of curves or digests.
@NullMarked
package org.vexor.solana;

import org.jspecify.annotations.NullMarked;
