package org.vexor.solana.vote;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.transaction.AccountMeta;
import org.vexor.solana.transaction.Instruction;
import org.vexor.solana.transaction.InstructionCursor;
import org.vexor.solana.transaction.Message;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.Octets;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.solana.transaction.WellKnownPrograms;

/// Makes and recognizes vote transactions. The same bytes go to leaders and into gossip.
public final class VoteTransactions {
  private VoteTransactions() {}

  /// The message of a vote, to be signed by the payer (a validator's identity) and the voter.
  public static Message message(
      Pubkey payer,
      Pubkey voteAccount,
      Pubkey authorizedVoter,
      VoteInstruction.Vote vote,
      Hash recentBlockhash) {
    Instruction instruction =
        new Instruction(
            WellKnownPrograms.VOTE,
            List.of(AccountMeta.writable(voteAccount), AccountMeta.readonlySigner(authorizedVoter)),
            Octets.of(VoteInstruction.serialize(vote)));
    return new MessageBuilder(payer).add(instruction).buildLegacy(recentBlockhash);
  }

  /// Reads a parsed transaction as a vote. Cold: it makes objects; [TransactionView#isSimpleVote]
  /// does not.
  public static VoteReading read(TransactionView transaction) {
    if (!transaction.isSimpleVote()) {
      return new VoteReading.NotAVote();
    }
    InstructionCursor instruction = new InstructionCursor().wrap(transaction);
    instruction.next();
    byte[] bytes = transaction.bytes();
    WireReader data =
        new WireReader(
            MemorySegment.ofArray(bytes), instruction.dataOffset(), instruction.dataLength());
    return switch (VoteInstruction.read(data)) {
      case VoteInstruction.Refused(VoteRefusal why) -> new VoteReading.Refused(why);
      case VoteInstruction.Vote vote -> {
        if (instruction.accountCount() < 2) {
          yield new VoteReading.Refused(VoteRefusal.ACCOUNTS);
        }
        int voteAccount = bytes[instruction.accountsOffset()] & 0xff;
        int voter = bytes[instruction.accountsOffset() + 1] & 0xff;
        if (Math.max(voteAccount, voter) >= transaction.accountCount()) {
          yield new VoteReading.Refused(VoteRefusal.ACCOUNTS);
        }
        yield new VoteReading.Vote(
            Pubkey.of(bytes, transaction.accountOffset(voteAccount)),
            Pubkey.of(bytes, transaction.accountOffset(voter)),
            vote);
      }
    };
  }
}
