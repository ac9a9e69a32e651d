package org.vexor.linux.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads snapshots of the network namespace of the thread that opened it; later ones ask the kernel
/// only for what changed.
///
/// ```java
/// int changes = events.poll();
/// if (changes != Change.NONE) { snapshot = reader.read(changes); }
/// ```
///
/// Needs no privilege. Threading: one thread at a time; takes some round trips to the kernel, so it
/// is not for the thread that moves packets.
public final class NetworkReader implements AutoCloseable {
  static final int RTM_NEWLINK = 16;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_NEWROUTE = 24;
  static final int RTM_NEWNEIGH = 28;
  static final int RTM_NEWRULE = 32;

  /// RTM_GET is two above RTM_NEW in each group.
  private static final int GET = 2;

  private final NetlinkSocket socket;
  private List<Link> links = List.of();
  private List<OwnAddress> addresses = List.of();
  private List<Rule> rules = List.of();
  private List<RouteEntry> routes = List.of();
  private Optional<NetworkSnapshot> last = Optional.empty();

  private NetworkReader(NetlinkSocket socket) {
    this.socket = socket;
  }

  /// Opens one.
  ///
  /// @throws org.vexor.linux.KernelException when the kernel refuses
  public static NetworkReader open() {
    return new NetworkReader(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE, 0));
  }

  /// Reads everything.
  ///
  /// @throws org.vexor.linux.KernelException when the kernel refuses, does not answer within 5 s,
  ///   or a table changes during each of 8 attempts to read it (EINTR)
  public NetworkSnapshot read() {
    return read(Change.ALL);
  }

  /// Reads what is in a set of [Change] again and takes the rest from before; the first time
  /// everything. Errors as in [#read()]; the next read then takes everything.
  public NetworkSnapshot read(int changes) {
    Optional<NetworkSnapshot> before = last;
    last = Optional.empty();
    int wanted = before.isEmpty() ? Change.ALL : changes;
    if (Change.LINKS.in(wanted)) {
      links = dump("links", RTM_NEWLINK, 16, Link::parse);
    }
    if (Change.ADDRESSES.in(wanted)) {
      addresses = dump("addresses", RTM_NEWADDR, 8, OwnAddress::parse);
    }
    // A link that goes down takes routes with it without an event for each (IPv4).
    if (Change.ROUTES.in(wanted) || Change.LINKS.in(wanted) || Change.ADDRESSES.in(wanted)) {
      rules = dump("policy rules", RTM_NEWRULE, 12, Rule::parse);
      routes = dump("routes", RTM_NEWROUTE, 12, RouteEntry::parse);
    }
    List<Neighbour> neighbours = dump("neighbours", RTM_NEWNEIGH, 12, Neighbour::parse);
    NetworkSnapshot snapshot =
        before.isPresent() && (wanted & ~Change.NEIGHBOURS.bit()) == 0
            ? before.get().withNeighbours(neighbours)
            : NetworkSnapshot.of(links, addresses, rules, routes, neighbours);
    last = Optional.of(snapshot);
    return snapshot;
  }

  /// All of one kind, of every family (the family header is zero).
  private <T> List<T> dump(
      String what, int type, int headerBytes, Function<Bytes, Optional<T>> parser) {
    Request request = new Request("dump of " + what, type + GET, NetlinkSocket.NLM_F_DUMP);
    List<T> found = new ArrayList<>();
    for (Message message : socket.dump(request.header(new byte[headerBytes]))) {
      if (message.type() == type) {
        parser.apply(message.body()).ifPresent(found::add);
      }
    }
    return found;
  }

  /// Closes the socket; harmless when called again.
  @Override
  public void close() {
    socket.close();
  }
}
