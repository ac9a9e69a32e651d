package org.vexor.node;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Keypair;
import org.vexor.turbine.shredder.Shredder;

/// A file of shreds that a leader of our own made, for `shreds replay`: a list with u32 lengths.
///
/// @param shreds how many there are
/// @param leader who signed them, in base58
public record MadeCapture(Path file, long shreds, String leader) {
  /// The shred version in all of them.
  public static final int VERSION = 7;

  private static final int BATCH_BYTES = 80_000;

  /// Writes `slots` slots of three sets each.
  public static MadeCapture write(Path file, int slots) throws IOException {
    Keypair leader = Keypair.fromSeed(new byte[32]);
    var shredder = new Shredder(new Ed25519Signer(leader)::sign, VERSION);
    byte[] batch = new byte[BATCH_BYTES];
    var count = new long[1];
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long slot = 100; slot < 100 + slots; slot++) {
        shredder.startSlot(slot, slot - 1, new byte[32]);
        shredder.shred(
            batch,
            0,
            batch.length,
            1,
            true,
            (bytes, offset, length) -> {
              count[0]++;
              append(out, bytes, offset, length);
            });
      }
    }
    return new MadeCapture(file, count[0], leader.publicKey().toString());
  }

  private static void append(OutputStream out, byte[] bytes, int offset, int length) {
    try {
      out.write(
          ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
