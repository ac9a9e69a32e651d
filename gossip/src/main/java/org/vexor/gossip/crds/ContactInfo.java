package org.vexor.gossip.crds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.Octets;

/// Where a node listens, and what it runs.
///
/// @param outsetUs when the process started, in unix microseconds: of two processes with one
///   identity the later one counts
/// @param shredVersion of the cluster that it belongs to
/// @param addresses the distinct IP addresses that `sockets` refer to
/// @param sockets by rising port number
/// @param extensions in the order of the wire; none is defined yet
public record ContactInfo(
    Pubkey owner,
    long wallclockMs,
    long outsetUs,
    int shredVersion,
    ClientVersion version,
    List<IpAddress> addresses,
    List<ContactSocket> sockets,
    List<Extension> extensions)
    implements CrdsData {

  public ContactInfo {
    addresses = List.copyOf(addresses);
    sockets = List.copyOf(sockets);
    extensions = List.copyOf(extensions);
  }

  /// A part that this version of the network does not know.
  public record Extension(int type, Octets bytes) {}

  /// The contact info of a node that serves these sockets.
  public static ContactInfo of(
      Pubkey owner,
      long wallclockMs,
      long outsetUs,
      int shredVersion,
      ClientVersion version,
      Map<SocketKey, Endpoint> served) {
    var addresses = new ArrayList<IpAddress>();
    var sockets = new ArrayList<ContactSocket>();
    served.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<SocketKey, Endpoint>>comparingInt(
                    entry -> entry.getValue().port())
                .thenComparing(Map.Entry::getKey))
        .forEach(
            entry -> {
              IpAddress address = IpAddress.of(entry.getValue());
              if (!addresses.contains(address)) {
                addresses.add(address);
              }
              sockets.add(
                  new ContactSocket(
                      entry.getKey().ordinal(),
                      addresses.indexOf(address),
                      entry.getValue().port()));
            });
    return new ContactInfo(
        owner, wallclockMs, outsetUs, shredVersion, version, addresses, sockets, List.of());
  }

  @Override
  public CrdsKind kind() {
    return CrdsKind.CONTACT_INFO;
  }

  /// The same at another time.
  public ContactInfo at(long newWallclockMs) {
    return new ContactInfo(
        owner, newWallclockMs, outsetUs, shredVersion, version, addresses, sockets, extensions);
  }

  /// Where the node takes what `key` names; none when it does not say, or names an address that no
  /// datagram can be sent to.
  public Optional<Endpoint> socket(SocketKey key) {
    for (ContactSocket socket : sockets) {
      if (socket.key() == key.ordinal()) {
        IpAddress address = addresses.get(socket.addressIndex());
        return socket.port() != 0 && address.isUnicast()
            ? Optional.of(address.withPort(socket.port()))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /// Whether an address is one of IPv6. Validators of version 4.3 and later refuse such a value,
  /// and the whole datagram that it is in.
  public boolean hasIpv6() {
    return addresses.stream().anyMatch(IpAddress::ipv6);
  }

  /// Whether this replaces `other` of the same owner: the later process does, then the later value.
  ///
  /// @return below 0 for no, above 0 for yes, 0 when neither is later
  public int compareAge(ContactInfo other) {
    int byOutset = Long.compareUnsigned(outsetUs, other.outsetUs);
    return byOutset != 0 ? byOutset : Long.compare(wallclockMs, other.wallclockMs);
  }
}
