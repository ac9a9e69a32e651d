package org.vexor.gossip.crds;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import org.vexor.gossip.crds.ContactInfo.Extension;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;

/// The one value that is not plain bincode: varints, short vectors, ports as differences. Layout:
/// agave gossip/src/contact_info.rs.
final class ContactInfoCodec {
  private static final int IP_BYTES = 8; // tag and an IPv4 address
  private static final int SOCKET_BYTES = 3;
  private static final int EXTENSION_BYTES = 2;
  private static final int IPV4 = 0;
  private static final int IPV6 = 1;

  private ContactInfoCodec() {}

  /// Reads what follows the tag; believed only when `in` is ok, and then `fault` tells whether
  /// addresses and sockets fit.
  static ContactInfo read(WireReader in, Fault fault) {
    Pubkey owner = Wire.pubkey(in);
    long wallclockMs = in.varintU64();
    long outsetUs = in.u64();
    int shredVersion = in.u16();
    var version =
        new ClientVersion(
            in.varintU16(), in.varintU16(), in.varintU16(), in.u32(), in.u32(), in.varintU16());
    int addressCount = in.shortVecLength(IP_BYTES, 256);
    var addresses = new ArrayList<IpAddress>(addressCount);
    for (int i = 0; i < addressCount; i++) {
      addresses.add(ip(in, fault));
    }
    List<ContactSocket> sockets = sockets(in, fault);
    int extensionCount = in.shortVecLength(EXTENSION_BYTES, 1232);
    var extensions = new ArrayList<Extension>(extensionCount);
    for (int i = 0; i < extensionCount; i++) {
      int type = in.u8();
      extensions.add(new Extension(type, Wire.octets(in, in.shortVecLength(1, 1232))));
    }
    if (in.ok()) {
      check(addresses, sockets, fault);
    }
    return new ContactInfo(
        owner, wallclockMs, outsetUs, shredVersion, version, addresses, sockets, extensions);
  }

  private static List<ContactSocket> sockets(WireReader in, Fault fault) {
    int count = in.shortVecLength(SOCKET_BYTES, 256);
    var sockets = new ArrayList<ContactSocket>(count);
    int port = 0;
    for (int i = 0; i < count; i++) {
      int key = in.u8();
      int index = in.u8();
      port += in.varintU16();
      if (port > 0xffff) {
        fault.set(GossipRefusal.CONTACT_INFO);
      }
      sockets.add(new ContactSocket(key, index, port));
    }
    return sockets;
  }

  private static void check(List<IpAddress> addresses, List<ContactSocket> sockets, Fault fault) {
    var keys = new BitSet();
    var used = new BitSet();
    boolean fits = addresses.size() == 1 || new HashSet<>(addresses).size() == addresses.size();
    for (ContactSocket socket : sockets) {
      fits &= !keys.get(socket.key()) && socket.addressIndex() < addresses.size();
      keys.set(socket.key());
      used.set(socket.addressIndex());
    }
    if (!fits || used.cardinality() != addresses.size()) {
      fault.set(GossipRefusal.CONTACT_INFO);
    }
  }

  private static IpAddress ip(WireReader in, Fault fault) {
    int family = in.u32();
    if (family == IPV4) {
      return new IpAddress(0, Endpoint.ipv4Low(Integer.reverseBytes(in.u32())), false);
    }
    if (family != IPV6) {
      fault.set(GossipRefusal.CONTACT_INFO);
    }
    long high = Long.reverseBytes(in.u64());
    return new IpAddress(high, Long.reverseBytes(in.u64()), true);
  }

  static void write(ContactInfo info, WireWriter out) {
    ClientVersion version = info.version();
    out.bytes(info.owner().bytes())
        .varintU64(info.wallclockMs())
        .u64(info.outsetUs())
        .u16(info.shredVersion())
        .varintU16(version.major())
        .varintU16(version.minor())
        .varintU16(version.patch())
        .u32(version.commit())
        .u32(version.featureSet())
        .varintU16(version.client())
        .shortVec(info.addresses().size());
    for (IpAddress address : info.addresses()) {
      if (address.ipv6()) {
        out.u32(IPV6).u64(Long.reverseBytes(address.high())).u64(Long.reverseBytes(address.low()));
      } else {
        out.u32(IPV4).u32(Integer.reverseBytes((int) address.low()));
      }
    }
    out.shortVec(info.sockets().size());
    int port = 0;
    for (ContactSocket socket : info.sockets()) {
      out.u8(socket.key()).u8(socket.addressIndex()).varintU16(socket.port() - port);
      port = socket.port();
    }
    out.shortVec(info.extensions().size());
    for (Extension extension : info.extensions()) {
      out.u8(extension.type())
          .shortVec(extension.bytes().length())
          .bytes(extension.bytes().bytes());
    }
  }
}
