package org.vexor.packet.xdp.route;

import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkSnapshot;

/// The destinations that an engine sends to, each looked up once for a snapshot of the network.
///
/// A table of fixed size in which two destinations of one slot take turns; a miss costs a route
/// lookup, about a microsecond. Owner thread only; allocates nothing after construction.
public final class Destinations {
  /// Twice the peers of a mainnet node in a turbine tree's layer (200), eight times over.
  private static final int SLOTS = 4096;

  private final Destination[] slots = new Destination[SLOTS];
  private final int[] generations = new int[SLOTS];
  private int generation = 1;
  private NetworkSnapshot network;
  private Link out;

  /// @param out the interface that frames are sent by, as `network` shows it
  public Destinations(NetworkSnapshot network, Link out) {
    this.network = network;
    this.out = out;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Destination();
    }
  }

  /// From now on by this snapshot; entries of another are looked up anew.
  public void use(NetworkSnapshot newest, Link newOut) {
    network = newest;
    out = newOut;
    generation++;
  }

  /// The destination of an address in the form of [org.vexor.packet.Endpoint]; good until the next
  /// call.
  public Destination find(long high, long low) {
    int slot = slot(high, low);
    Destination found = slots[slot];
    if (generations[slot] != generation || !found.is(high, low)) {
      found.set(high, low, network, out);
      generations[slot] = generation;
    }
    return found;
  }

  /// Writes the next hops of frames sent since the last call to `hops`, two longs each, one hop
  /// perhaps several times; as many as fit.
  ///
  /// @return how many
  public int takeUsed(long[] hops) {
    int count = 0;
    for (int slot = 0; slot < SLOTS && 2 * count < hops.length; slot++) {
      if (slots[slot].takeUsed()) {
        hops[2 * count] = slots[slot].hopHigh();
        hops[2 * count + 1] = slots[slot].hopLow();
        count++;
      }
    }
    return count;
  }

  private static int slot(long high, long low) {
    // Fibonacci multipliers, as neighbouring addresses are the usual case.
    long hash = (low ^ high * 0xC2B2_AE3D_27D4_EB4FL) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (hash >>> 40) & (SLOTS - 1);
  }
}
