package org.vexor.solana.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// Transactions of every version and shape from a seed, for round trips and as seeds of fuzzers.
public final class Transactions {
  private Transactions() {}

  public static Transaction random(long seed, int version) {
    Random random = new Random(seed);
    int required = 1 + random.nextInt(4);
    List<CompiledInstruction> instructions = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      instructions.add(
          new CompiledInstruction(
              random.nextInt(256), octets(random, 200), octets(random, version == 1 ? 900 : 200)));
    }
    List<AddressLookup> lookups = new ArrayList<>();
    for (int i = version == 0 ? random.nextInt(3) : 0; i > 0; i--) {
      lookups.add(new AddressLookup(key(random), octets(random, 40), octets(random, 140)));
    }
    List<Pubkey> accounts = new ArrayList<>();
    for (int i = random.nextInt(20); i >= 0; i--) {
      accounts.add(key(random));
    }
    List<Integer> words = new ArrayList<>();
    int mask = version == 1 ? random.nextInt() : 0;
    random.ints(Integer.bitCount(mask)).forEach(words::add);
    List<Signature> signatures = new ArrayList<>();
    for (int i = 0; i < required; i++) {
      signatures.add(Signature.of(bytes(random, Signature.LENGTH)));
    }
    Message message =
        new Message(
            version,
            required,
            random.nextInt(256),
            random.nextInt(256),
            accounts,
            Hash.of(bytes(random, Hash.LENGTH)),
            instructions,
            lookups,
            new TransactionConfig(mask, words));
    return new Transaction(signatures, message);
  }

  public static Stream<byte[]> seeds() {
    return Stream.of(TransactionView.LEGACY, 0, 1)
        .flatMap(version -> Stream.of(1L, 2L, 3L).map(seed -> random(seed, version)))
        .map(Transaction::toByteArray);
  }

  private static Pubkey key(Random random) {
    return Pubkey.of(bytes(random, Pubkey.LENGTH));
  }

  private static Octets octets(Random random, int bound) {
    return Octets.of(bytes(random, random.nextInt(bound)));
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
