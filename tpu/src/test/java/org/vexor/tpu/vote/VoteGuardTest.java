package org.vexor.tpu.vote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.vote.Lockout;
import org.vexor.solana.vote.TowerSync;

final class VoteGuardTest {
  private static final Pubkey ACCOUNT = Pubkey.of(new byte[Pubkey.LENGTH]);

  @TempDir private Path folder;

  static TowerSync tower(long root, long... slots) {
    byte[] hash = new byte[Hash.LENGTH];
    hash[0] = (byte) slots.length;
    List<Lockout> lockouts =
        IntStream.range(0, slots.length)
            .mapToObj(i -> new Lockout(slots[i], slots.length - i))
            .toList();
    return new TowerSync(
        root < 0 ? OptionalLong.empty() : OptionalLong.of(root),
        lockouts,
        Hash.of(hash),
        OptionalLong.empty(),
        Hash.of(hash));
  }

  /// Records a vote for slot 7 and waits to be killed before it could send it.
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      try (VoteGuard guard = VoteGuard.open(Path.of(arguments[0]), ACCOUNT)) {
        System.out.println(guard.admit(tower(3, 6, 7)));
        int _ = System.in.read(); // nothing is written: killed while it waits
      }
    }
  }

  @Test
  void admitsRisingSlotsOnceEach() throws IOException {
    try (VoteGuard guard = VoteGuard.open(folder, ACCOUNT)) {
      assertEquals(GuardVerdict.ADMITTED, guard.admit(tower(-1, 5)));
      assertEquals(GuardVerdict.SAME_SLOT, guard.admit(tower(-1, 5)));
      assertEquals(GuardVerdict.SAME_SLOT, guard.admit(tower(2, 4, 5)), "with another content");
      assertEquals(GuardVerdict.LOWER_SLOT, guard.admit(tower(-1, 4)));
      assertEquals(GuardVerdict.NO_SLOT, guard.admit(tower(-1)));
      assertEquals(GuardVerdict.ADMITTED, guard.admit(tower(4, 5, 6)));
      assertEquals(GuardVerdict.LOWER_ROOT, guard.admit(tower(3, 7)));
      assertEquals(GuardVerdict.LOWER_ROOT, guard.admit(tower(-1, 7)));
      assertEquals(6, guard.last().orElseThrow().slot());
    }
  }

  @Test
  void remembersAcrossRestarts() throws IOException {
    for (long slot = 1; slot <= 5; slot++) {
      try (VoteGuard guard = VoteGuard.open(folder, ACCOUNT)) {
        assertEquals(GuardVerdict.ADMITTED, guard.admit(tower(-1, slot)));
      }
    }
    try (VoteGuard guard = VoteGuard.open(folder, ACCOUNT)) {
      assertEquals(GuardVerdict.SAME_SLOT, guard.admit(tower(-1, 5)));
    }
  }

  @Test
  void survivesKillBetweenWriteAndSend() throws Exception {
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("ADMITTED", out.readLine());
      IOException inUse = assertThrows(IOException.class, () -> VoteGuard.open(folder, ACCOUNT));
      assertTrue(String.valueOf(inUse.getMessage()).contains("another process"));
    } finally {
      victim.destroyForcibly();
    }
    assertTrue(victim.waitFor(10, TimeUnit.SECONDS));
    assertEquals(128 + 9, victim.exitValue(), "by SIGKILL");
    try (VoteGuard guard = VoteGuard.open(folder, ACCOUNT)) {
      assertEquals(7, guard.last().orElseThrow().slot());
      assertEquals(GuardVerdict.SAME_SLOT, guard.admit(tower(3, 6, 7)));
      assertEquals(GuardVerdict.LOWER_SLOT, guard.admit(tower(3, 5, 6)));
      assertEquals(GuardVerdict.ADMITTED, guard.admit(tower(3, 7, 8)));
    }
  }

  @Test
  void aTornWriteLeavesTheVoteBefore() throws IOException {
    Path file;
    try (VoteGuard guard = VoteGuard.open(folder, ACCOUNT)) {
      file = guard.file();
      guard.admit(tower(-1, 5));
      guard.admit(tower(-1, 6));
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] before = whole.clone();
    // The second vote is in the first cell.
    for (int torn = 0; torn < GuardCell.LENGTH; torn += 37) {
      Arrays.fill(before, torn, GuardCell.LENGTH, (byte) 0x5a);
      System.arraycopy(whole, 0, before, 0, torn);
      Files.write(file, before);
      long expected = torn > 8 + 4 * 8 + 64 + 32 ? 6 : 5;
      try (VoteGuard guard = VoteGuard.open(folder, ACCOUNT)) {
        assertEquals(Optional.of(expected), guard.last().map(LastVote::slot), "torn after " + torn);
      }
    }
  }

  @Test
  void refusesToVoteOverADamagedFile() throws IOException {
    Path file = folder.resolve(ACCOUNT + ".vote-guard");
    Files.writeString(file, "something else");
    IOException refused = assertThrows(IOException.class, () -> VoteGuard.open(folder, ACCOUNT));
    assertTrue(String.valueOf(refused.getMessage()).contains("damaged"), refused.toString());
    assertNotNull(Files.readString(file), "and leaves it as it is");
  }
}
