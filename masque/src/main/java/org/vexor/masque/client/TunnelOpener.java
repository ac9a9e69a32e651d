package org.vexor.masque.client;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.vexor.masque.http.FlowEnd;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHead;
import org.vexor.quic.cache.Backoff;

/// Sees to it that every tunnel is open, or will be. All on the control loop.
final class TunnelOpener {
  /// Without an answer to so many, over so long, something is wrong.
  private static final int ENOUGH_CAPSULES = 3;

  private static final long SILENCE_NS = 5_000_000_000L;

  private final LinkKeeper keeper;
  private final ClientOptions options;
  private final Backoff lossPause;
  private final Backoff refusalPause;
  private final Map<ManagedTunnel, Place> places = new LinkedHashMap<>();
  private final Set<Place> waiting = new LinkedHashSet<>();

  TunnelOpener(LinkKeeper keeper, ClientOptions options) {
    this.keeper = keeper;
    this.options = options;
    ClientTimes times = options.times();
    var random = new SecureRandom();
    lossPause = new Backoff(times.firstPause(), times.longestPause(), random);
    refusalPause = new Backoff(times.longestPause(), times.longestRefusalPause(), random);
  }

  void add(ManagedTunnel tunnel) {
    var place = new Place(tunnel);
    places.put(tunnel, place);
    open(place);
  }

  private boolean isWanted(Place place) {
    return places.containsKey(place.tunnel);
  }

  /// Opens it where there is room, or has it wait for a link.
  private void open(Place place) {
    if (!isWanted(place) || place.opening) {
      return;
    }
    Optional<HeldLink> room = keeper.room();
    if (room.isPresent()) {
      openOn(place, room.get());
    } else {
      waiting.add(place);
    }
  }

  private void openOn(Place place, HeldLink held) {
    waiting.remove(place);
    place.moveTo(held);
    place.opening = true;
    RequestHead head =
        RequestHead.connectUdp(
            options.template().authority(),
            options.template().path(place.tunnel.target()),
            options.credentials().fields(true));
    held.link.request(head, new TunnelAttempt(place.tunnel, new Told(place, held)));
  }

  /// There is a link more: for those that wait, and for those on links that are worse or retired.
  void linkUp() {
    List<Place> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(this::open);
    for (Place place : List.copyOf(places.values())) {
      boolean elsewhere = place.link.filter(keeper::isHeld).isEmpty();
      if (elsewhere && !place.opening && !waiting.contains(place)) {
        open(place);
      }
    }
  }

  private void later(Place place, Backoff pause) {
    place.failures++;
    var _ =
        keeper
            .control()
            .schedule(
                () -> open(place), pause.pause(place.failures).toNanos(), TimeUnit.NANOSECONDS);
  }

  /// A stream came free: perhaps one that waits can have it.
  private void left(Place place) {
    place.leave();
    keeper.closeUnused();
    waiting.stream().findFirst().ifPresent(this::open);
  }

  void forget(ManagedTunnel tunnel) {
    Place place = places.remove(tunnel);
    if (place != null) {
      waiting.remove(place);
      left(place);
    }
  }

  /// What came of an attempt, brought to the control loop.
  private final class Told implements TunnelAttempt.Outcome {
    private final Place place;
    private final HeldLink held;

    private Told(Place place, HeldLink held) {
      this.place = place;
      this.held = held;
    }

    private void onControl(Runnable task) {
      keeper.control().execute(task);
    }

    @Override
    public void opened() {
      onControl(
          () -> {
            place.opening = false;
            place.openedNs = System.nanoTime();
            keeper.closeUnused();
            // A better link may have come meanwhile.
            if (!keeper.isHeld(held)) {
              open(place);
            }
          });
    }

    @Override
    public void refused(ResponseHead head) {
      onControl(
          () -> {
            place.opening = false;
            left(place);
            if (place.tunnel.active().isEmpty()) {
              place.tunnel.state(new TunnelState.Refused(head.status(), head.proxyStatus()));
            }
            later(place, refusalPause);
          });
    }

    @Override
    public void failed(RequestFailure failure) {
      onControl(
          () -> {
            place.opening = false;
            if (failure.kind() == RequestFailure.Kind.NO_STREAM) {
              place.leave();
              held.full = true;
              open(place);
              return;
            }
            left(place);
            again(failure.toString(), failure.kind() == RequestFailure.Kind.CONNECTION);
          });
    }

    @Override
    public void lost(FlowEnd end) {
      onControl(
          () -> {
            long openNs = System.nanoTime() - place.openedNs;
            if (openNs > options.times().longestPause().toNanos()) {
              place.failures = 0;
            }
            place.opening = false;
            left(place);
            again(ManagedTunnel.reason(end), end.kind() == FlowEnd.Kind.CONNECTION_LOST);
          });
    }

    /// @param connection whether a link went down, whose successor is waited for anyway
    private void again(String why, boolean connection) {
      if (!isWanted(place)) {
        return;
      }
      if (place.tunnel.active().isEmpty()) {
        place.tunnel.state(new TunnelState.Lost(why));
      }
      if (connection && !keeper.isHeld(held)) {
        open(place);
      } else {
        later(place, lossPause);
      }
    }
  }

  /// Whether all that went out over HTTP/3 as capsules, for a while, was in vain. A single target
  /// may be silent; a proxy that throws capsules away is silent on all tunnels.
  boolean capsulesInVain(long nowNs) {
    boolean some = false;
    for (Place place : places.values()) {
      ManagedTunnel tunnel = place.tunnel;
      boolean capsules =
          tunnel.state() instanceof TunnelState.Open open
              && open.version() == HttpVersion.HTTP_3
              && !open.datagrams();
      if (capsules && tunnel.answered()) {
        return false;
      }
      some |=
          capsules && tunnel.capsules() >= ENOUGH_CAPSULES && nowNs - place.openedNs >= SILENCE_NS;
    }
    return some;
  }

  /// Tunnels that are not closed.
  int size() {
    return places.size();
  }

  List<ManagedTunnel> all() {
    return List.copyOf(places.keySet());
  }

  void close() {
    List<ManagedTunnel> open = all();
    places.clear();
    waiting.clear();
    open.forEach(ManagedTunnel::close);
  }
}
