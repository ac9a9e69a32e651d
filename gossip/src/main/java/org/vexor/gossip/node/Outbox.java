package org.vexor.gossip.node;

import java.util.ArrayList;
import java.util.List;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageReader;
import org.vexor.gossip.message.MessageWriter;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.solana.Hash;
import org.vexor.solana.codec.WireWriter;

/// Writes messages into the port's frames.
final class Outbox {
  private final PacketPort port;
  private final GossipSigner signer;
  private final GossipCounters counters;
  private final WireWriter writer = new WireWriter();

  Outbox(PacketPort port, GossipSigner signer, GossipCounters counters) {
    this.port = port;
    this.signer = signer;
    this.counters = counters;
  }

  void ping(Hash token, Endpoint to) {
    send(Ping.sign(signer, token), GossipCount.SENT_PINGS, to);
  }

  void pong(Ping ping, Endpoint to) {
    send(Pong.answer(signer, ping), GossipCount.SENT_PONGS, to);
  }

  void pullRequest(GossipMessage.PullRequest request, Endpoint to) {
    send(request, GossipCount.SENT_PULL_REQUESTS, to);
  }

  void prune(GossipMessage.Prune prune, Endpoint to) {
    send(prune, GossipCount.SENT_PRUNES, to);
  }

  void push(List<CrdsValue> values, Endpoint to) {
    counters.add(GossipCount.SENT_PUSHED_VALUES, values.size());
    for (List<CrdsValue> packet : packets(values)) {
      send(new GossipMessage.Push(signer.publicKey(), packet), GossipCount.SENT_PUSHES, to);
    }
  }

  void pullResponse(List<CrdsValue> values, Endpoint to) {
    for (List<CrdsValue> packet : packets(values)) {
      send(
          new GossipMessage.PullResponse(signer.publicKey(), packet),
          GossipCount.SENT_PULL_RESPONSES,
          to);
    }
  }

  /// In their order, as many in each datagram as fit.
  private static List<List<CrdsValue>> packets(List<CrdsValue> values) {
    var packets = new ArrayList<List<CrdsValue>>();
    int first = 0;
    int bytes = 0;
    for (int i = 0; i < values.size(); i++) {
      int length = values.get(i).length();
      if (bytes + length > MessageWriter.VALUES_BYTES) {
        packets.add(values.subList(first, i));
        first = i;
        bytes = 0;
      }
      bytes += length;
    }
    if (first < values.size()) {
      packets.add(values.subList(first, values.size()));
    }
    return packets;
  }

  private void send(GossipMessage message, GossipCount count, Endpoint to) {
    long offset = port.reserve(MessageReader.MAXIMUM_BYTES);
    if (offset == PacketPort.FULL) {
      port.flush();
      offset = port.reserve(MessageReader.MAXIMUM_BYTES);
    }
    if (offset < 0) {
      counters.count(GossipCount.SEND_FULL);
      return;
    }
    writer.wrap(port.sendSegment(), offset, MessageReader.MAXIMUM_BYTES);
    MessageWriter.write(message, writer);
    if (!writer.ok()) {
      port.cancel();
      throw new IllegalStateException("a message of our own does not fit a datagram: " + message);
    }
    port.commit(writer.length(), to.high(), to.low(), to.port());
    counters.count(count);
  }
}
