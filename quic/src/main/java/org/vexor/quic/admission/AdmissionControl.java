package org.vexor.quic.admission;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Counts the handshakes and connections of a server and refuses what is over its limits. Shared by
/// its event loops; asked twice a connection, so a lock does.
public final class AdmissionControl {
  private final ConnectionLimits limits;
  private final Map<ClientNetwork, Load> loads = new HashMap<>();
  private final Load total = new Load();
  private final Map<AdmissionOutcome, LongAdder> outcomes = new EnumMap<>(AdmissionOutcome.class);

  private final ArrivalRates rates;

  /// Nobody is in.
  ///
  /// @param clockNs for rates; only differences matter
  public AdmissionControl(ConnectionLimits limits, LongSupplier clockNs) {
    this.limits = limits;
    this.rates = new ArrivalRates(limits, clockNs);
    for (AdmissionOutcome outcome : AdmissionOutcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  public ConnectionLimits limits() {
    return limits;
  }

  /// Handshakes under way. Any thread.
  public synchronized int handshakes() {
    return total.handshakes;
  }

  /// Established connections. Any thread.
  public synchronized int connections() {
    return total.connections;
  }

  /// How often an outcome was. Any thread.
  public long count(AdmissionOutcome outcome) {
    return outcome(outcome).sum();
  }

  void add(AdmissionOutcome outcome) {
    outcome(outcome).increment();
  }

  @SuppressWarnings("NullAway") // every outcome has its adder from the start
  private LongAdder outcome(AdmissionOutcome outcome) {
    return outcomes.get(outcome);
  }

  /// Whether so much is under way that addresses should be proved first.
  synchronized boolean underLoad() {
    return total.handshakes >= limits.handshakes() / 2;
  }

  /// Why a client cannot be let in now.
  synchronized Optional<AdmissionOutcome> refusal(InetAddress client) {
    var network = ClientNetwork.of(client);
    Load own = loads.getOrDefault(network, Load.NONE);
    if (!rates.allow(network)) {
      return Optional.of(AdmissionOutcome.TOO_OFTEN);
    }
    if (total.connections >= limits.connections()) {
      return Optional.of(AdmissionOutcome.TOO_MANY_CONNECTIONS);
    }
    if (own.connections >= limits.connectionsPerAddress()) {
      return Optional.of(AdmissionOutcome.TOO_MANY_CONNECTIONS_OF_ADDRESS);
    }
    if (total.handshakes >= limits.handshakes()) {
      return Optional.of(AdmissionOutcome.TOO_MANY_HANDSHAKES);
    }
    return own.handshakes >= limits.handshakesPerAddress()
        ? Optional.of(AdmissionOutcome.TOO_MANY_HANDSHAKES_OF_ADDRESS)
        : Optional.empty();
  }

  /// Lets a client in; empty when it became too many since [#refusal] was asked.
  synchronized Optional<Ticket> admit(InetAddress client) {
    if (refusal(client).isPresent()) {
      return Optional.empty();
    }
    var network = ClientNetwork.of(client);
    rates.add(network);
    total.handshakes++;
    loads.computeIfAbsent(network, _ -> new Load()).handshakes++;
    add(AdmissionOutcome.ADMITTED);
    return Optional.of(new Ticket(network));
  }

  private static final class Load {
    private static final Load NONE = new Load();

    private int handshakes;
    private int connections;
  }

  /// A client's place, from its first Initial to the end of its connection. Any thread.
  public final class Ticket {
    private final ClientNetwork network;
    private boolean established;
    private boolean returned;

    private Ticket(ClientNetwork network) {
      this.network = network;
    }

    /// The handshake is done.
    ///
    /// @return false when there are too many connections by now: this one must be closed
    public boolean establish() {
      synchronized (AdmissionControl.this) {
        if (established || returned) {
          return established;
        }
        Load own = load();
        if (total.connections >= limits.connections()
            || own.connections >= limits.connectionsPerAddress()) {
          add(
              own.connections >= limits.connectionsPerAddress()
                  ? AdmissionOutcome.TOO_MANY_CONNECTIONS_OF_ADDRESS
                  : AdmissionOutcome.TOO_MANY_CONNECTIONS);
          return false;
        }
        established = true;
        total.handshakes--;
        own.handshakes--;
        total.connections++;
        own.connections++;
        add(AdmissionOutcome.ESTABLISHED);
        return true;
      }
    }

    /// The connection is over, or never came to be. Further calls do nothing.
    public void giveBack() {
      giveBack(AdmissionOutcome.HANDSHAKE_FAILED);
    }

    /// The handshake took too long.
    public void giveBackTimedOut() {
      giveBack(AdmissionOutcome.HANDSHAKE_TIMED_OUT);
    }

    private void giveBack(AdmissionOutcome ifUnfinished) {
      synchronized (AdmissionControl.this) {
        if (returned) {
          return;
        }
        returned = true;
        Load own = load();
        if (established) {
          total.connections--;
          own.connections--;
        } else {
          total.handshakes--;
          own.handshakes--;
          add(ifUnfinished);
        }
        if (own.handshakes == 0 && own.connections == 0) {
          loads.remove(network);
        }
      }
    }

    private Load load() {
      return loads.computeIfAbsent(network, _ -> new Load());
    }
  }
}
