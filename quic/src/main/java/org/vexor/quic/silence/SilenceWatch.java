package org.vexor.quic.silence;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The watched peers of one datagram channel. On its event loop.
public final class SilenceWatch {
  /// How exactly silences are measured.
  private static final long LOOK_MS = 50;

  private final LongSupplier clockNs;

  /// Each knows its place, so that one of thousands can go without a search.
  private final List<SilentPeer> peers = new ArrayList<>();

  private final Map<InetSocketAddress, List<SilentPeer>> byAddress = new HashMap<>();
  private Optional<Future<?>> looks = Optional.empty();

  public SilenceWatch(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  /// Begins to watch a peer, which was just heard from, until [#remove].
  ///
  /// @param loop of the channel
  public SilentPeer add(EventLoop loop, SilentPeer.Connection connection, SilenceTimes times) {
    var peer = new SilentPeer(connection, times, clockNs.getAsLong());
    peer.place = peers.size();
    peers.add(peer);
    place(peer);
    if (looks.isEmpty()) {
      looks =
          Optional.of(
              loop.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS));
    }
    return peer;
  }

  /// Ends the watch over a peer whose connection is over.
  public void remove(SilentPeer peer) {
    if (peer.place < 0) {
      return;
    }
    SilentPeer last = peers.removeLast();
    if (!last.equals(peer)) {
      last.place = peer.place;
      peers.set(last.place, last);
    }
    peer.place = -1;
    displace(peer);
    if (peers.isEmpty() && looks.isPresent()) {
      looks.get().cancel(false);
      looks = Optional.empty();
    }
  }

  private void place(SilentPeer peer) {
    byAddress.computeIfAbsent(peer.address(), _ -> new ArrayList<>(1)).add(peer);
  }

  private void displace(SilentPeer peer) {
    List<SilentPeer> there = byAddress.get(peer.address());
    if (there != null) {
      there.remove(peer);
      if (there.isEmpty()) {
        byAddress.remove(peer.address());
      }
    }
  }

  void look() {
    long nowNs = clockNs.getAsLong();
    // Backwards: one that is gone meanwhile leaves its place to one that was looked at before.
    for (int i = peers.size() - 1; i >= 0; i--) {
      SilentPeer peer = peers.get(i);
      if (peer.hasMoved()) {
        displace(peer);
        peer.follow();
        place(peer);
      }
      peer.look(nowNs);
    }
  }

  /// A host answered that a packet of this channel found no open port.
  ///
  /// @param to where it went
  /// @param quoted how it began
  public void undelivered(InetSocketAddress to, ByteBuffer quoted) {
    long nowNs = clockNs.getAsLong();
    for (SilentPeer peer : List.copyOf(byAddress.getOrDefault(to, List.of()))) {
      peer.undelivered(quoted, nowNs);
    }
  }
}
