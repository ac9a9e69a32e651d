package org.vexor.gossip.node;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.vexor.gossip.crds.ClientVersion;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.ping.PingCache;
import org.vexor.packet.Endpoint;

/// What a node tells of itself, and whom it asks first.
///
/// @param shredVersion of the cluster
/// @param sockets what it serves, as others reach it; [SocketKey#GOSSIP] among them, with port 0
///   for the port that the node gets when it binds
/// @param outsetUs when the process started, in unix microseconds
/// @param entrypoints asked as long as nobody else is known; may be empty
/// @param maximumOwners bound of the table
/// @param pingCapacity bound of the memory of pings
/// @param pushQueue how many news may wait to be passed on
public record GossipOptions(
    int shredVersion,
    Map<SocketKey, Endpoint> sockets,
    long outsetUs,
    List<Endpoint> entrypoints,
    int maximumOwners,
    int pingCapacity,
    int pushQueue) {
  private static final int OWNERS = 8192;
  private static final int PUSH_QUEUE = 1 << 16;

  public GossipOptions {
    if (!sockets.containsKey(SocketKey.GOSSIP)) {
      throw new IllegalArgumentException(
          "a node without a gossip socket cannot be answered, got " + sockets);
    }
    sockets = new EnumMap<>(sockets);
    entrypoints = List.copyOf(entrypoints);
  }

  /// Bounds as Agave has them.
  public static GossipOptions of(
      int shredVersion,
      Map<SocketKey, Endpoint> sockets,
      long outsetUs,
      List<Endpoint> entrypoints) {
    return new GossipOptions(
        shredVersion,
        sockets,
        outsetUs,
        entrypoints,
        OWNERS,
        PingCache.DEFAULT_CAPACITY,
        PUSH_QUEUE);
  }

  public GossipOptions withBounds(int owners, int pings, int news) {
    return new GossipOptions(shredVersion, sockets, outsetUs, entrypoints, owners, pings, news);
  }

  /// Where others reach our gossip.
  public Endpoint gossip() {
    return Objects.requireNonNull(sockets.get(SocketKey.GOSSIP));
  }

  /// The same with the port that was bound, unless one was named.
  GossipOptions bound(int port) {
    if (gossip().port() != 0) {
      return this;
    }
    var named = new EnumMap<>(sockets);
    named.put(SocketKey.GOSSIP, gossip().withPort(port));
    return new GossipOptions(
        shredVersion, named, outsetUs, entrypoints, maximumOwners, pingCapacity, pushQueue);
  }

  /// What this program tells of itself.
  ClientVersion version() {
    return ClientVersion.VEXOR;
  }
}
