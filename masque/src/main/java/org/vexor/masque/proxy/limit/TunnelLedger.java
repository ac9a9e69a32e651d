package org.vexor.masque.proxy.limit;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// Counts tunnels, in total and for each client. Any thread; asked once a tunnel, so a lock does.
public final class TunnelLedger {
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Map<String, Account> accounts = new HashMap<>();
  private ProxyLimits limits;
  private int tunnels;

  private static final class Account {
    private final Allowance allowance;
    private int tunnels;

    private Account(Allowance allowance) {
      this.allowance = allowance;
    }
  }

  public TunnelLedger(ProxyLimits limits) {
    this.limits = limits;
  }

  /// What came of asking for one more tunnel.
  public sealed interface Outcome {
    /// There is room.
    record Admitted(Place place) implements Outcome {}

    /// The proxy is full.
    record Full() implements Outcome {}

    /// This client has as many as it may have.
    record ClientFull() implements Outcome {}
  }

  /// Whom a client is counted as.
  ///
  /// @param name that it proved; empty when it did not have to
  public static String client(String name, InetAddress address) {
    if (!name.isEmpty()) {
      return "user " + name;
    }
    byte[] bytes = address.getAddress();
    return bytes.length > IPV6_NETWORK_BYTES
        ? "net " + HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
        : "address " + address.getHostAddress();
  }

  /// New limits for those that come; tunnels that are there stay.
  public synchronized void limits(ProxyLimits changed) {
    limits = changed;
  }

  public synchronized Outcome open(String client) {
    if (tunnels >= limits.tunnels()) {
      return new Outcome.Full();
    }
    Account account = accounts.get(client);
    if (account == null) {
      account = new Account(allowance());
    } else if (account.tunnels >= limits.tunnelsPerClient()) {
      return new Outcome.ClientFull();
    }
    accounts.put(client, account);
    account.tunnels++;
    tunnels++;
    return new Outcome.Admitted(new Place(client, account));
  }

  private Allowance allowance() {
    return limits.datagramsPerSecond() == 0 && limits.bytesPerSecond() == 0
        ? Allowance.UNLIMITED
        : new Allowance(limits.datagramsPerSecond(), limits.bytesPerSecond());
  }

  /// Tunnels that are open or being opened.
  public synchronized int tunnels() {
    return tunnels;
  }

  /// Clients that have one.
  public synchronized int clients() {
    return accounts.size();
  }

  /// One tunnel's place in the accounts.
  public final class Place implements AutoCloseable {
    private final String client;
    private final Account account;
    private boolean given;

    private Place(String client, Account account) {
      this.client = client;
      this.account = account;
    }

    public Allowance allowance() {
      return account.allowance;
    }

    /// Gives it back; calling it again does nothing.
    @Override
    public void close() {
      synchronized (TunnelLedger.this) {
        if (!given) {
          given = true;
          tunnels--;
          account.tunnels--;
          if (account.tunnels == 0) {
            accounts.remove(client, account);
          }
        }
      }
    }
  }
}
