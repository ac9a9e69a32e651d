package org.vexor.quic.admission;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Stands at the door of one server channel: Netty asks it about each Initial that belongs to no
/// connection. Owned by the channel's event loop.
///
/// Netty makes the connection in the same call that the gate said yes in, so the ticket waits here
/// for [#claim]. One that nobody claimed, as the connection could not be made, is given back at the
/// next question.
public final class AdmissionGate implements QuicTokenHandler {
  private final AdmissionControl control;
  private final RetryTokens tokens;
  private final UsedTokens used;
  private final int connectionIdBytes;
  private Optional<AdmissionControl.Ticket> waiting = Optional.empty();

  private AdmissionGate(
      AdmissionControl control, RetryTokens tokens, UsedTokens used, int connectionIdBytes) {
    this.control = control;
    this.tokens = tokens;
    this.used = used;
    this.connectionIdBytes = connectionIdBytes;
  }

  /// Makes the gates of one server, one for each of its channels: they share key, limits and
  /// memory.
  public static final class Maker {
    /// Used tokens remembered for each connection that may be; many clients come and go within the
    /// life of a token.
    private static final int USED_PER_CONNECTION = 8;

    private final AdmissionControl control;
    private final UsedTokens used;
    private final byte[] key = new byte[RetryTokens.KEY_LENGTH_BYTES];
    private final LongSupplier clockMs;

    /// With a key made up now: tokens do not outlive the server.
    ///
    /// @param clockMs the time of day
    public Maker(AdmissionControl control, SecureRandom random, LongSupplier clockMs) {
      this.control = control;
      this.clockMs = clockMs;
      this.used = new UsedTokens(USED_PER_CONNECTION * control.limits().connections(), clockMs);
      random.nextBytes(key);
    }

    /// A gate.
    ///
    /// @param connectionIdBytes length of the ids that the channel's codec hands out
    public AdmissionGate gate(int connectionIdBytes) {
      var tokens = new RetryTokens(key, control.limits().tokenLifetime().toMillis(), clockMs);
      return new AdmissionGate(control, tokens, used, connectionIdBytes);
    }
  }

  /// The place of the connection that is being made; call once, when it is registered.
  public Optional<AdmissionControl.Ticket> claim() {
    Optional<AdmissionControl.Ticket> claimed = waiting;
    waiting = Optional.empty();
    return claimed;
  }

  @Override
  public boolean writeToken(ByteBuf out, ByteBuf connectionId, InetSocketAddress address) {
    claim().ifPresent(AdmissionControl.Ticket::giveBack);
    boolean mustProve =
        control.limits().retry() == RetryPolicy.ALWAYS
            || control.underLoad()
            || control.refusal(address.getAddress()).isPresent();
    if (!mustProve) {
      waiting = control.admit(address.getAddress());
      if (waiting.isPresent()) {
        return false;
      }
    }
    out.writeBytes(tokens.mint(address, ByteBufUtil.getBytes(connectionId)));
    control.add(AdmissionOutcome.RETRY_SENT);
    return true;
  }

  @Override
  public TokenValidationResult validateToken(
      ByteBuf token, InetSocketAddress address, ByteBuf connectionId) {
    claim().ifPresent(AdmissionControl.Ticket::giveBack);
    byte[] bytes = ByteBufUtil.getBytes(token);
    Optional<AdmissionOutcome> refusal =
        connectionId.readableBytes() == connectionIdBytes
            ? refusal(bytes, address)
            : Optional.of(AdmissionOutcome.TOKEN_MALFORMED);
    if (refusal.isPresent()) {
      control.add(refusal.get());
      return TokenValidationResult.invalidToken();
    }
    waiting = control.admit(address.getAddress());
    return waiting.isPresent()
        ? TokenValidationResult.odcidFromToken(RetryTokens.CONNECTION_ID_OFFSET)
        : TokenValidationResult.invalidToken();
  }

  /// The token is used up only when all else is well: a client that is held back by a limit may
  /// come again with it.
  private Optional<AdmissionOutcome> refusal(byte[] token, InetSocketAddress address) {
    return switch (tokens.check(token, address)) {
      case MALFORMED -> Optional.of(AdmissionOutcome.TOKEN_MALFORMED);
      case NOT_OURS -> Optional.of(AdmissionOutcome.TOKEN_NOT_OURS);
      case EXPIRED -> Optional.of(AdmissionOutcome.TOKEN_EXPIRED);
      case GENUINE -> {
        long tag = RetryTokens.tag(token);
        if (used.contains(tag)) {
          yield Optional.of(AdmissionOutcome.TOKEN_REPLAYED);
        }
        Optional<AdmissionOutcome> full = control.refusal(address.getAddress());
        if (full.isPresent()) {
          yield full;
        }
        yield used.add(tag, RetryTokens.expiryMs(token))
            ? Optional.empty()
            : Optional.of(AdmissionOutcome.TOKEN_MEMORY_FULL);
      }
    };
  }

  /// The older question, which Netty asks only through [#validateToken(ByteBuf, InetSocketAddress,
  /// ByteBuf)].
  @Override
  public int validateToken(ByteBuf token, InetSocketAddress address) {
    return -1;
  }

  @Override
  public int maxTokenLength() {
    return RetryTokens.MAX_LENGTH_BYTES;
  }
}
