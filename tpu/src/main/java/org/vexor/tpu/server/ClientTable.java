package org.vexor.tpu.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The connections of a server by stake, and who gives way when there are too many. Shared by its
/// event loops; asked twice a connection, so a lock does.
final class ClientTable {
  /// Agave throws out a tenth of the unstaked at a time.
  private static final double KEPT = 0.9;

  private final ServerLimits limits;
  private final Map<Object, Integer> ofOne = new HashMap<>();

  /// In the order of arrival.
  private final Set<ClientConnection> staked = new LinkedHashSet<>();

  private final Set<ClientConnection> unstaked = new LinkedHashSet<>();

  ClientTable(ServerLimits limits) {
    this.limits = limits;
  }

  /// What came of an admission.
  ///
  /// @param refusal why the connection is not let in
  /// @param evicted others that give way to it
  record Admission(Optional<ServerEvent> refusal, List<ClientConnection> evicted) {
    private static Admission refused(ServerEvent why) {
      return new Admission(Optional.of(why), List.of());
    }
  }

  /// Lets a connection in, or not. One with stake that finds the staked full of larger ones is
  /// served as one without.
  synchronized Admission admit(ClientConnection client) {
    if (ofOne.getOrDefault(client.key(), 0) >= limitOfOne(client)) {
      return Admission.refused(ServerEvent.TOO_MANY);
    }
    var evicted = new ArrayList<ClientConnection>();
    boolean asStaked = client.isStaked() && makeRoomForStake(client, evicted);
    if (!asStaked && limits.unstakedConnections() == 0) {
      return Admission.refused(ServerEvent.DISALLOWED);
    }
    if (!asStaked) {
      makeRoom(evicted);
    }
    (asStaked ? staked : unstaked).add(client);
    ofOne.merge(client.key(), 1, Integer::sum);
    return new Admission(Optional.empty(), evicted);
  }

  private int limitOfOne(ClientConnection client) {
    return client.isStaked() ? limits.perIdentity() : limits.perAddress();
  }

  private boolean makeRoomForStake(ClientConnection client, List<ClientConnection> evicted) {
    if (staked.size() < limits.stakedConnections()) {
      return true;
    }
    Optional<ClientConnection> least =
        staked.stream().min((a, b) -> Long.compare(a.stake(), b.stake()));
    if (least.isEmpty() || least.get().stake() >= client.stake()) {
      return false;
    }
    remove(least.get());
    evicted.add(least.get());
    return true;
  }

  private void makeRoom(List<ClientConnection> evicted) {
    if (unstaked.size() < limits.unstakedConnections()) {
      return;
    }
    int kept = (int) Math.min(limits.unstakedConnections() - 1, KEPT * unstaked.size());
    List.copyOf(unstaked).stream()
        .limit(unstaked.size() - kept)
        .forEach(
            each -> {
              remove(each);
              evicted.add(each);
            });
  }

  /// A connection is over; nothing when it is not in the table.
  synchronized boolean remove(ClientConnection client) {
    boolean was = staked.remove(client) || unstaked.remove(client);
    if (was) {
      ofOne.computeIfPresent(client.key(), (_, count) -> count == 1 ? null : count - 1);
    }
    return was;
  }

  synchronized List<ClientConnection> all() {
    var all = new ArrayList<>(staked);
    all.addAll(unstaked);
    return all;
  }

  synchronized int size() {
    return staked.size() + unstaked.size();
  }
}
