package org.vexor.gossip.message;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.solana.codec.WireWriter;

/// Messages as bytes and back, for tests.
public final class Datagrams {
  private Datagrams() {}

  public static GossipMessage read(byte[] datagram) {
    MessageReader.Reading reading = new MessageReader().read(datagram, 0, datagram.length);
    return assertInstanceOf(MessageReader.Reading.Read.class, reading, reading::toString).message();
  }

  public static byte[] write(GossipMessage message) {
    var out = new WireWriter(new byte[MessageReader.MAXIMUM_BYTES]);
    MessageWriter.write(message, out);
    return out.toByteArray();
  }

  /// The values that a message carries, the caller of a pull request included.
  public static List<CrdsValue> values(GossipMessage message) {
    return switch (message) {
      case GossipMessage.PullRequest request -> List.of(request.caller());
      case GossipMessage.PullResponse response -> response.values();
      case GossipMessage.Push push -> push.values();
      case GossipMessage.Prune prune -> List.of();
      case Ping ping -> List.of();
      case Pong pong -> List.of();
    };
  }
}
