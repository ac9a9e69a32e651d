/// Transactions: where their parts lie, what they say, how they are made, signed and checked.
///
/// ```
/// bytes -> TransactionView.parse -> offsets -> InstructionCursor, LookupCursor        hot: nothing copied
///                 |-> sanitize, verify(SignatureCheck)
///                 `-> Transaction.of -> Transaction, Message, Instruction             cold: immutable objects
/// MessageBuilder -> Message -> Transaction.sign(signers) -> toByteArray -> bytes
/// ```
///
/// Invariants: a successful parse puts every offset inside the given range; every refusal has a
/// name and no bytes make a parser throw; only the shortest form of a length is taken, so one
/// transaction has one encoding. Entry types: [TransactionView], [TransactionRefusal]. Knows
/// nothing of entries or of the network.
@NullMarked
package org.vexor.solana.transaction;

import org.jspecify.annotations.NullMarked;
