package org.vexor.gossip.message;

import java.util.List;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireWriter;

/// Writes messages. What does not fit makes the writer fail.
public final class MessageWriter {
  /// Bytes of a push or a pull response besides its values.
  public static final int VALUES_OVERHEAD_BYTES = 4 + Pubkey.LENGTH + 8;

  /// Room for values in a push or a pull response.
  public static final int VALUES_BYTES = MessageReader.MAXIMUM_BYTES - VALUES_OVERHEAD_BYTES;

  private MessageWriter() {}

  /// Writes one message.
  public static void write(GossipMessage message, WireWriter out) {
    switch (message) {
      case GossipMessage.PullRequest request -> {
        out.u32(MessageReader.PULL_REQUEST);
        request.filter().write(out);
        request.caller().write(out);
      }
      case GossipMessage.PullResponse response ->
          values(MessageReader.PULL_RESPONSE, response.from(), response.values(), out);
      case GossipMessage.Push push -> values(MessageReader.PUSH, push.from(), push.values(), out);
      case GossipMessage.Prune prune -> prune(prune.data(), out);
      case Ping ping ->
          out.u32(MessageReader.PING)
              .bytes(ping.from().bytes())
              .bytes(ping.token().bytes())
              .bytes(ping.signature().bytes());
      case Pong pong ->
          out.u32(MessageReader.PONG)
              .bytes(pong.from().bytes())
              .bytes(pong.hash().bytes())
              .bytes(pong.signature().bytes());
    }
  }

  private static void values(int tag, Pubkey from, List<CrdsValue> values, WireWriter out) {
    out.u32(tag).bytes(from.bytes()).vecLength(values.size());
    values.forEach(value -> value.write(out));
  }

  private static void prune(PruneData data, WireWriter out) {
    out.u32(MessageReader.PRUNE)
        .bytes(data.owner().bytes())
        .bytes(data.owner().bytes())
        .vecLength(data.origins().size());
    data.origins().forEach(origin -> out.bytes(origin.bytes()));
    out.bytes(data.signature().bytes()).bytes(data.destination().bytes()).u64(data.wallclockMs());
  }
}
