package org.vexor.gossip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.vexor.gossip.crds.CrdsReader;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.DecodedValues;
import org.vexor.gossip.crds.GossipRefusal;
import org.vexor.gossip.crds.Wire;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.codec.WireReader;

/// Reads datagrams. One thread at a time.
public final class MessageReader {
  /// Most bytes of a datagram.
  public static final int MAXIMUM_BYTES = 1232;

  static final int PULL_REQUEST = 0;
  static final int PULL_RESPONSE = 1;
  static final int PUSH = 2;
  static final int PRUNE = 3;
  static final int PING = 4;
  static final int PONG = 5;

  /// The shortest value, one of a removed kind; every live one takes more.
  private static final int SHORTEST_VALUE_BYTES = 115;

  /// Firedancer's bound; no datagram can hold more.
  private static final int MAXIMUM_VALUES = 17;

  private final WireReader in = new WireReader();
  private final CrdsReader values;
  private boolean sendersDiffer;

  /// A reader for one datagram after another.
  public MessageReader() {
    this.values = new CrdsReader();
  }

  /// A reader that need not decode again what was decoded lately.
  public MessageReader(DecodedValues decoded) {
    this.values = new CrdsReader(decoded);
  }

  /// What came of a datagram.
  public sealed interface Reading {
    /// A message, to its last byte.
    record Read(GossipMessage message) implements Reading {}

    /// None, and why.
    record Refused(GossipRefusal why) implements Reading {}
  }

  /// Reads the message that is `length` bytes of `source` from `offset`. Values are copied out.
  ///
  /// @throws IndexOutOfBoundsException when the range is not within the array
  public Reading read(byte[] source, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (length > MAXIMUM_BYTES) {
      return new Reading.Refused(GossipRefusal.TOO_LONG);
    }
    in.wrap(java.lang.foreign.MemorySegment.ofArray(source), offset, length);
    sendersDiffer = false;
    int tag = in.u32();
    GossipMessage message =
        switch (tag) {
          case PULL_REQUEST ->
              new GossipMessage.PullRequest(CrdsFilter.read(in), values.readValue(in, source));
          case PULL_RESPONSE -> new GossipMessage.PullResponse(Wire.pubkey(in), values(source));
          case PUSH -> new GossipMessage.Push(Wire.pubkey(in), values(source));
          case PRUNE -> prune();
          case PING -> new Ping(Wire.pubkey(in), Wire.hash(in), Wire.signature(in));
          case PONG -> new Pong(Wire.pubkey(in), Wire.hash(in), Wire.signature(in));
          default -> null;
        };
    if (message == null) {
      return new Reading.Refused(in.ok() ? GossipRefusal.UNKNOWN_MESSAGE : GossipRefusal.TRUNCATED);
    }
    in.expectEnd();
    if (in.ok()) {
      return new Reading.Read(message);
    }
    return new Reading.Refused(sendersDiffer ? GossipRefusal.PRUNE_SENDER : values.refusal(in));
  }

  private List<CrdsValue> values(byte[] source) {
    int count = in.vecLength(SHORTEST_VALUE_BYTES, MAXIMUM_VALUES);
    var list = new ArrayList<CrdsValue>(count);
    for (int i = 0; i < count && in.ok(); i++) {
      list.add(values.readValue(in, source));
    }
    return list;
  }

  private GossipMessage prune() {
    Pubkey from = Wire.pubkey(in);
    Pubkey owner = Wire.pubkey(in);
    int count = in.vecLength(Pubkey.LENGTH, PruneData.MAXIMUM_ORIGINS);
    var origins = new ArrayList<Pubkey>(count);
    for (int i = 0; i < count; i++) {
      origins.add(Wire.pubkey(in));
    }
    Signature signature = Wire.signature(in);
    var data = new PruneData(owner, origins, signature, Wire.pubkey(in), in.u64());
    if (in.ok() && !from.equals(owner)) {
      sendersDiffer = true;
      in.fail(org.vexor.solana.codec.WireFailure.REJECTED);
    }
    return new GossipMessage.Prune(data);
  }
}
