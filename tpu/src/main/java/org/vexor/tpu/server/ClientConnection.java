package org.vexor.tpu.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.vexor.quic.CloseReason;
import org.vexor.quic.MessageHandler;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.message.MessageReceiver;
import org.vexor.solana.Pubkey;

/// One client. Its event loop's, but for its facts, which do not change once it is open.
final class ClientConnection implements MessageHandler {
  private final TpuServer server;
  private Optional<QuicConnection> connection = Optional.empty();
  private Optional<MessageReceiver> receiver = Optional.empty();
  private Optional<Quota> quota = Optional.empty();
  private TransactionOrigin origin;
  private boolean resuming;

  ClientConnection(TpuServer server, TransactionOrigin unknown) {
    this.server = server;
    this.origin = unknown;
  }

  boolean isStaked() {
    return origin.stake() > 0;
  }

  long stake() {
    return origin.stake();
  }

  /// What it is counted by: its key with stake, its address without.
  Object key() {
    return isStaked() ? origin.identity().orElseThrow() : origin.remote().getAddress();
  }

  @Override
  public void opened(QuicConnection opened, MessageReceiver reader) {
    Optional<Pubkey> identity = opened.peer().ed25519().map(key -> Pubkey.of(key.bytes()));
    long stake = identity.map(server::usableStake).orElse(0L);
    origin = new TransactionOrigin(opened.remoteAddress(), identity, stake);
    connection = Optional.of(opened);
    receiver = Optional.of(reader);
    if (server.admit(this, opened)) {
      quota = Optional.of(server.quota(stake));
      boolean _ = reader.read(System.nanoTime());
    }
  }

  @Override
  public int allowance() {
    return quota.isPresent() ? quota.get().allowance(System.nanoTime()) : 0;
  }

  /// Waits for the next window.
  @Override
  public void exhausted() {
    if (!resuming && quota.isPresent() && connection.isPresent()) {
      resuming = true;
      server.counters().add(ServerEvent.THROTTLED);
      long pauseNs = quota.get().pauseNs(System.nanoTime());
      connection.get().schedule(this::resume, Duration.ofNanos(pauseNs));
    }
  }

  private void resume() {
    resuming = false;
    if (receiver.isPresent()) {
      boolean more = receiver.get().read(System.nanoTime());
      receiver.get().flush();
      if (more) {
        exhausted();
      }
    }
  }

  @Override
  public void message(ByteBuffer bytes) {
    quota.ifPresent(Quota::use);
    server.counters().addReceived(bytes.remaining());
    server.receiver().received(bytes, origin);
  }

  @Override
  public void refused(Refusal why) {
    quota.ifPresent(Quota::use);
    switch (why) {
      case EMPTY -> invalid(ServerEvent.EMPTY);
      case TOO_LARGE -> invalid(ServerEvent.TOO_LARGE);
      case RESET -> server.counters().add(ServerEvent.RESET);
      case TOO_SLOW -> server.counters().add(ServerEvent.TOO_SLOW);
    }
  }

  private void invalid(ServerEvent event) {
    server.counters().add(event);
    close(ServerClose.INVALID_STREAM);
  }

  /// Any thread, once it is open.
  void close(ServerClose why) {
    connection.ifPresent(each -> each.close(why.code(), why.text()));
  }

  /// Closes it; done when it is over. Any thread, once it is open.
  CompletionStage<CloseReason> end(ServerClose why) {
    close(why);
    return connection.orElseThrow().closed();
  }

  /// Gives up streams whose rest does not come. Any thread, once it is open.
  void expireLater() {
    if (connection.isPresent()) {
      boolean _ = connection.get().execute(this::expire);
    }
  }

  private void expire() {
    receiver.ifPresent(reader -> reader.expire(System.nanoTime()));
  }

  @Override
  public void closed(QuicConnection gone, CloseReason reason) {
    receiver = Optional.empty();
    server.ended(this);
  }
}
