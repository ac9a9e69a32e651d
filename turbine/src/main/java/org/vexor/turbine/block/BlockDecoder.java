package org.vexor.turbine.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.entry.BlockMarker;
import org.vexor.solana.entry.EntryBatchReader;
import org.vexor.solana.entry.EntryRefusal;
import org.vexor.solana.entry.PohVerdict;
import org.vexor.solana.entry.PohVerifier;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.turbine.block.BlockSummary.Content;
import org.vexor.turbine.block.BlockSummary.Digests;

/// Walks the batches of one block after another and sums them up. One owner; allocates per block,
/// not per entry or transaction.
///
/// ```
/// begin(parent's last hash) -> batch(...) for each, gap() where one is missing -> finish()
/// ```
public final class BlockDecoder {
  private static final int FIRST_SIGNATURES = 3;

  private final BlockChecks checks;
  private final EntryBatchReader reader = new EntryBatchReader();
  private final EntryBatchReader pohReader = new EntryBatchReader();
  private final PohVerifier poh;
  private final Sha256 signaturesDigest = new Sha256();
  private final Sha256 entriesDigest = new Sha256();
  private final Sha256 transactionsDigest = new Sha256();
  private final byte[] firstHash = new byte[Hash.LENGTH];
  private final byte[] lastHash = new byte[Hash.LENGTH];
  private final byte[] lastSignature = new byte[Signature.LENGTH];

  private List<Signature> firstSignatures = new ArrayList<>();
  private List<BlockMarker> markers = new ArrayList<>();
  private int entries;
  private int ticks;
  private int transactions;
  private int signed;
  private int signaturesValid;
  private long hashes;
  private int pohFollowing;
  private boolean pohContradicted;
  private boolean pohUnknown;

  /// A decoder that finds out the same about each block.
  public BlockDecoder(BlockChecks checks) {
    this.checks = checks;
    poh = new PohVerifier(Math.max(1, checks.maxPohHashes()));
  }

  /// Starts on a block.
  ///
  /// @param parentLastHash hash of the last entry of the parent block, if known
  public void begin(Optional<Hash> parentLastHash) {
    firstSignatures = new ArrayList<>();
    markers = new ArrayList<>();
    entries = 0;
    ticks = 0;
    transactions = 0;
    signed = 0;
    signaturesValid = 0;
    hashes = 0;
    pohFollowing = 0;
    pohContradicted = false;
    pohUnknown = checks.maxPohHashes() == 0;
    signaturesDigest.clear();
    entriesDigest.clear();
    transactionsDigest.clear();
    parentLastHash.ifPresentOrElse(poh::start, poh::startUnknown);
  }

  /// Says that something before the next batch is missing.
  public void gap() {
    pohUnknown = true;
    poh.startUnknown();
  }

  /// Takes the next batch: `length` bytes from the start of `bytes`, lent until this returns.
  ///
  /// @param lastIndex data shred that ends the batch
  public BatchSummary batch(int lastIndex, byte[] bytes, int length) {
    int entriesBefore = entries;
    int transactionsBefore = transactions;
    reader.wrap(bytes, 0, length);
    if (reader.isBlockMarker()) {
      markers.add(BlockMarker.read(bytes, 0, length));
    }
    while (reader.nextEntry()) {
      takeEntry();
    }
    EntryRefusal refusal = reader.refusal();
    int consumed = reader.consumedBytes();
    if (refusal != EntryRefusal.NONE) {
      gap();
    } else if (entries > entriesBefore) {
      if (checks.digests()) {
        entriesDigest.add(bytes, Long.BYTES, consumed - Long.BYTES);
      }
      if (checks.maxPohHashes() > 0) {
        verifyHashes(bytes, length);
      }
    }
    return new BatchSummary(
        lastIndex,
        length,
        consumed,
        entries - entriesBefore,
        transactions - transactionsBefore,
        refusal);
  }

  private void takeEntry() {
    hashes += reader.numHashes();
    if (entries++ == 0) {
      System.arraycopy(reader.bytes(), reader.hashOffset(), firstHash, 0, Hash.LENGTH);
    }
    System.arraycopy(reader.bytes(), reader.hashOffset(), lastHash, 0, Hash.LENGTH);
    if (reader.transactionCount() == 0) {
      ticks++;
    }
    while (reader.nextTransaction()) {
      takeTransaction(reader.transaction());
    }
  }

  private void takeTransaction(TransactionView transaction) {
    transactions++;
    byte[] bytes = transaction.bytes();
    if (transaction.signatureCount() > 0) {
      int signature = transaction.signatureOffset(0);
      if (signed++ < FIRST_SIGNATURES) {
        firstSignatures.add(Signature.of(bytes, signature));
      }
      System.arraycopy(bytes, signature, lastSignature, 0, Signature.LENGTH);
      if (checks.digests()) {
        signaturesDigest.add(bytes, signature, Signature.LENGTH);
      }
    }
    if (checks.digests()) {
      transactionsDigest.add(bytes, transaction.offset(), transaction.length());
    }
    if (checks.signatures().isPresent() && transaction.verify(checks.signatures().get())) {
      signaturesValid++;
    }
    if (checks.visitor().isPresent()) {
      checks.visitor().get().transaction(transaction);
    }
  }

  private void verifyHashes(byte[] bytes, int length) {
    pohReader.wrap(bytes, 0, length);
    while (pohReader.nextEntry()) {
      PohVerdict verdict = poh.verify(pohReader);
      switch (verdict) {
        case VALID -> pohFollowing++;
        case INVALID -> pohContradicted = true;
        case UNKNOWN_START -> pohUnknown = true;
      }
    }
  }

  /// Sums up the block.
  ///
  /// @param complete whether nothing was missing behind the last batch
  public Content finish(boolean complete) {
    return new Content(
        entries,
        ticks,
        transactions,
        checks.signatures().isPresent() ? OptionalInt.of(signaturesValid) : OptionalInt.empty(),
        hashes,
        entries == 0 ? Optional.empty() : Optional.of(Hash.of(firstHash)),
        entries == 0 ? Optional.empty() : Optional.of(Hash.of(lastHash)),
        List.copyOf(firstSignatures),
        signed == 0 ? Optional.empty() : Optional.of(Signature.of(lastSignature)),
        pohResult(complete),
        pohFollowing,
        List.copyOf(markers),
        checks.digests() ? Optional.of(digests()) : Optional.empty());
  }

  private PohResult pohResult(boolean complete) {
    if (pohContradicted) {
      return PohResult.INVALID;
    }
    return pohUnknown || !complete || entries == 0 ? PohResult.UNKNOWN : PohResult.VALID;
  }

  private Digests digests() {
    return new Digests(
        signaturesDigest.finish(), entriesDigest.finish(), transactionsDigest.finish());
  }
}
