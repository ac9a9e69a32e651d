package org.vexor.masque.proxy.tunnel;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.request.RefusalReason;
import org.vexor.masque.proxy.request.Wanted;

/// What became of the requests of a proxy, and of the datagrams that it dropped itself. Any thread.
///
/// requests = granted + refused + abandoned + those still being looked up
public final class ProxyCounters {
  private final Map<HttpVersion, LongAdder> requests = adders(HttpVersion.class);
  private final Map<Wanted.Transport, LongAdder> granted = adders(Wanted.Transport.class);
  private final Map<Wanted.Transport, LongAdder> ended = adders(Wanted.Transport.class);
  private final Map<RefusalReason, LongAdder> refused = adders(RefusalReason.class);
  private final Map<TunnelDrop, LongAdder> drops = adders(TunnelDrop.class);
  private final LongAdder abandoned = new LongAdder();
  private final LongAdder targetsGone = new LongAdder();
  private final LongAdder idle = new LongAdder();
  private final LongAdder tcpToTarget = new LongAdder();
  private final LongAdder tcpToClient = new LongAdder();

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    var adders = new EnumMap<E, LongAdder>(type);
    for (E each : type.getEnumConstants()) {
      adders.put(each, new LongAdder());
    }
    return adders;
  }

  @SuppressWarnings("NullAway") // every value has its adder from the start
  private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E which) {
    return adders.get(which);
  }

  void addRequest(HttpVersion version) {
    of(requests, version).increment();
  }

  void addGranted(Wanted.Transport transport) {
    of(granted, transport).increment();
  }

  void addEnded(Wanted.Transport transport) {
    of(ended, transport).increment();
  }

  void addRefused(RefusalReason reason) {
    of(refused, reason).increment();
  }

  void addDropped(TunnelDrop reason, long datagrams) {
    of(drops, reason).add(datagrams);
  }

  void addAbandoned() {
    abandoned.increment();
  }

  void addTargetGone() {
    targetsGone.increment();
  }

  void addIdle() {
    idle.increment();
  }

  void addTcp(long toTarget, long toClient) {
    tcpToTarget.add(toTarget);
    tcpToClient.add(toClient);
  }

  public long requests(HttpVersion version) {
    return of(requests, version).sum();
  }

  /// Tunnels that came to be.
  public long granted(Wanted.Transport transport) {
    return of(granted, transport).sum();
  }

  /// Tunnels that are there.
  public long open(Wanted.Transport transport) {
    return granted(transport) - of(ended, transport).sum();
  }

  public long refused(RefusalReason reason) {
    return of(refused, reason).sum();
  }

  /// Datagrams that the proxy dropped for this reason.
  public long dropped(TunnelDrop reason) {
    return of(drops, reason).sum();
  }

  /// Requests whose client gave up before they were answered.
  public long abandonedRequests() {
    return abandoned.sum();
  }

  /// Tunnels that ended since the target's host said that nobody listens, or that there is no way.
  public long endedByTarget() {
    return targetsGone.sum();
  }

  /// Tunnels that ended since nothing went through them.
  public long endedAsIdle() {
    return idle.sum();
  }

  /// Bytes of TCP tunnels that went to targets.
  public long tcpBytesToTargets() {
    return tcpToTarget.sum();
  }

  /// Bytes of TCP tunnels that went to clients.
  public long tcpBytesToClients() {
    return tcpToClient.sum();
  }
}
