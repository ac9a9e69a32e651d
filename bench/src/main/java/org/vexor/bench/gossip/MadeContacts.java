package org.vexor.bench.gossip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vexor.gossip.crds.ClientVersion;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageWriter;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.Route;
import org.vexor.gossip.table.TableListener;
import org.vexor.gossip.table.TableOptions;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.crypto.Keypair;

/// Contact infos of so many nodes, each with an address and a key pair of its own, really signed,
/// with the sockets that validators tell.
final class MadeContacts {
  static final int SHRED_VERSION = 1234;
  static final long NOW_MS = 1_700_000_000_000L;

  private static final int DATAGRAM_BYTES = 1232;
  private static final List<SocketKey> SERVED =
      List.of(
          SocketKey.GOSSIP,
          SocketKey.TVU,
          SocketKey.TPU_QUIC,
          SocketKey.TPU_FORWARDS_QUIC,
          SocketKey.TPU_VOTE,
          SocketKey.SERVE_REPAIR);

  private final List<CrdsValue> values = new ArrayList<>();

  MadeContacts(int nodes) {
    for (int node = 0; node < nodes; node++) {
      byte[] seed = new byte[Keypair.SEED_LENGTH];
      ByteBuffer.wrap(seed).putInt(node).putInt(1);
      GossipSigner signer = GossipSigner.of(Keypair.fromSeed(seed));
      values.add(CrdsValue.sign(contact(signer.publicKey(), node), signer));
    }
  }

  private static ContactInfo contact(Pubkey identity, int node) {
    Endpoint host = new Endpoint(0, Endpoint.ipv4Low(0x0a000001 + node), 0);
    var sockets = new java.util.EnumMap<SocketKey, Endpoint>(SocketKey.class);
    for (SocketKey key : SERVED) {
      sockets.put(key, host.withPort(8000 + key.ordinal()));
    }
    return ContactInfo.of(
        identity, NOW_MS, NOW_MS * 1000, SHRED_VERSION, ClientVersion.VEXOR, Map.copyOf(sockets));
  }

  List<CrdsValue> values() {
    return values;
  }

  /// Pushes that carry all of them, as many in each as fit.
  List<byte[]> datagrams() {
    var datagrams = new ArrayList<byte[]>();
    int first = 0;
    int bytes = 0;
    for (int i = 0; i <= values.size(); i++) {
      int length = i < values.size() ? values.get(i).length() : MessageWriter.VALUES_BYTES;
      if (bytes + length > MessageWriter.VALUES_BYTES) {
        datagrams.add(push(values.subList(first, i)));
        first = i;
        bytes = 0;
      }
      bytes += length;
    }
    return datagrams;
  }

  private static byte[] push(List<CrdsValue> values) {
    var out = new WireWriter(new byte[DATAGRAM_BYTES]);
    MessageWriter.write(new GossipMessage.Push(Pubkey.ZERO, values), out);
    return out.toByteArray();
  }

  /// A table that may hold so many, and holds none.
  static CrdsTable emptyTable(int nodes) {
    return new CrdsTable(
        TableOptions.of(Pubkey.ZERO, SHRED_VERSION).withMaximumOwners(nodes),
        new TableListener() {});
  }

  /// A table that holds them all.
  CrdsTable table() {
    CrdsTable table = emptyTable(values.size());
    for (CrdsValue value : values) {
      if (!table.insert(value, Route.PUSH, NOW_MS).isTaken()) {
        throw new IllegalStateException("the table refuses " + value);
      }
    }
    return table;
  }
}
