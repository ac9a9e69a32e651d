package org.vexor.node.landing;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Signature;
import org.vexor.tpu.send.LeaderPaths;
import org.vexor.tpu.send.LossReason;
import org.vexor.tpu.send.Priority;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SendListener;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.Submission;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.tpu.vote.VoteStreams;

/// Votes by QUIC, to the ports that leaders have for them. A vote is sent once: soon another one
/// replaces it. Leaders take it from staked clients only. Any thread.
public final class VoteQuic implements VoteStreams, AutoCloseable {
  private final QuicSender sender;

  /// @param paths under the identity that has the stake; stay the caller's
  /// @param lines say what QUIC made of each vote, on the thread of its event loop
  VoteQuic(LeaderPaths paths, Consumer<String> lines) {
    sender =
        QuicSender.start(
            paths,
            SenderOptions.DEFAULT.withResendEvery(Duration.ZERO),
            List::of,
            new Lines(lines),
            paths.timer(),
            new SplittableRandom(),
            CacheObserver.NONE);
  }

  @Override
  public boolean send(Signature signature, byte[] transaction, List<TpuTarget> targets) {
    SendRequest request =
        new SendRequest(signature, transaction, SendRequest.NO_LIMIT, Priority.HIGH, targets);
    return sender.submit(request) == Submission.ACCEPTED;
  }

  @Override
  public void close() {
    sender.close();
  }

  private record Lines(Consumer<String> lines) implements SendListener {
    @Override
    public void acknowledged(Signature signature, TpuTarget target, long tookNs) {
      lines.accept("vote port " + target + " acknowledged after " + tookNs / 1_000_000 + " ms");
    }

    @Override
    public void lost(Signature signature, TpuTarget target, LossReason reason, String detail) {
      lines.accept("vote port " + target + ": " + reason + ' ' + detail);
    }
  }
}
