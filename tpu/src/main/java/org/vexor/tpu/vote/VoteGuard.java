package org.vexor.tpu.vote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.vexor.solana.Pubkey;
import org.vexor.solana.vote.TowerSync;

/// Lets a vote account vote upwards only, once for a slot, across crashes and restarts.
///
/// The last vote lies in a file of two cells that are written in turn, each with a checksum and
/// forced to disk before [#admit] returns: a write that is torn leaves the cell before it. Only one
/// process at a time can have the file. One thread.
public final class VoteGuard implements VoteGate, AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final Pubkey voteAccount;
  private long sequence;
  private Optional<LastVote> last;

  private VoteGuard(
      Path file, FileChannel channel, Pubkey voteAccount, Optional<GuardCell> newest) {
    this.file = file;
    this.channel = channel;
    this.voteAccount = voteAccount;
    this.sequence = newest.map(GuardCell::sequence).orElse(0L);
    this.last = newest.map(GuardCell::vote);
  }

  /// Opens the guard of a vote account, which starts without a vote when the folder has none.
  ///
  /// @param folder on a disk that keeps what it says it has written; made when it is not there
  /// @throws IOException when another process has it, when it cannot be read, or when it holds
  ///   something else: then nothing may be voted, since nobody knows what was
  public static VoteGuard open(Path folder, Pubkey voteAccount) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(voteAccount + ".vote-guard");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock(channel, file);
      Optional<GuardCell> newest = read(channel, file, voteAccount);
      force(folder);
      return new VoteGuard(file, channel, voteAccount, newest);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      // Held until the channel closes, by whatever ends the process.
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException("vote guard " + file + " is open in this process already", e);
    }
    throw new IOException(
        "vote guard " + file + " is in use by another process: two must not vote for one account");
  }

  private static Optional<GuardCell> read(FileChannel channel, Path file, Pubkey voteAccount)
      throws IOException {
    Optional<GuardCell> newest = Optional.empty();
    boolean isWritten = false;
    for (int index = 0; index < GuardCell.CELLS; index++) {
      ByteBuffer bytes = ByteBuffer.allocate(GuardCell.LENGTH);
      long at = (long) index * GuardCell.LENGTH;
      while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
        // A short file leaves zeros, which are no cell.
      }
      isWritten |= !Arrays.equals(bytes.array(), new byte[GuardCell.LENGTH]);
      Optional<GuardCell> cell = GuardCell.parse(bytes.array(), voteAccount);
      if (cell.isPresent()
          && (newest.isEmpty() || cell.get().sequence() > newest.get().sequence())) {
        newest = cell;
      }
    }
    if (newest.isEmpty() && isWritten) {
      throw new IOException(
          "vote guard "
              + file
              + " holds no vote of "
              + voteAccount
              + ": it is damaged or another's; move it away only when you know the last slot voted"
              + " for");
    }
    return newest;
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /// Decides on a vote, and has it on disk when it is admitted.
  ///
  /// @throws IOException when the disk does not take it; the vote must not be sent then, and the
  ///   guard must be opened anew
  @Override
  public GuardVerdict admit(TowerSync tower) throws IOException {
    GuardVerdict verdict = VoteGate.judge(tower, last);
    if (verdict == GuardVerdict.ADMITTED) {
      record(LastVote.of(tower));
    }
    return verdict;
  }

  private void record(LastVote vote) throws IOException {
    // Known as voted for before it is written: a write that fails half way counts as one that came.
    last = Optional.of(vote);
    sequence++;
    ByteBuffer bytes = ByteBuffer.wrap(new GuardCell(sequence, vote).serialize(voteAccount));
    long at = sequence % GuardCell.CELLS * GuardCell.LENGTH;
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
    channel.force(true);
  }

  @Override
  public Optional<LastVote> last() {
    return last;
  }

  /// Where it is kept.
  public Path file() {
    return file;
  }

  /// Lets another process have the file.
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
