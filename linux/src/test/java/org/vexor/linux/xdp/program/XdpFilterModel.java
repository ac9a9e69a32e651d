package org.vexor.linux.xdp.program;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// What [XdpFilter] should say to a frame, written from its contract and not from its instructions.
final class XdpFilterModel {
  private static final BitSet NONE = new BitSet();

  private final Map<String, BitSet> ports = new HashMap<>();
  private final int maxFrameBytes;

  XdpFilterModel(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /// Opens or closes on the queue that frames are tested on.
  void set(InetAddress address, int port, boolean open) {
    ports
        .computeIfAbsent(HexFormat.of().formatHex(address.getAddress()), _ -> new BitSet())
        .set(port, open);
  }

  /// Whether the frame is ours.
  boolean takes(byte[] frame, int length) {
    int network = 14;
    if (length < network || length > maxFrameBytes) {
      return false;
    }
    int type = number(frame, 12);
    if (type == 0x8100) {
      network = 18;
      if (length < network) {
        return false;
      }
      type = number(frame, 16);
    }
    return switch (type) {
      case 0x0800 -> takesV4(frame, network, length);
      case 0x86dd -> takesV6(frame, network, length);
      default -> false;
    };
  }

  private boolean takesV4(byte[] frame, int at, int length) {
    if (length < at + 20) {
      return false;
    }
    int version = (frame[at] & 0xff) / 16;
    int headerBytes = frame[at] % 16 * 4;
    boolean fragment = number(frame, at + 6) % 0x4000 != 0;
    int udp = at + headerBytes;
    return version == 4
        && headerBytes >= 20
        && frame[at + 9] == 17
        && !fragment
        && length >= udp + 8
        && open(Arrays.copyOfRange(frame, at + 16, at + 20), number(frame, udp + 2));
  }

  private boolean takesV6(byte[] frame, int at, int length) {
    return length >= at + 48
        && frame[at + 6] == 17
        && open(Arrays.copyOfRange(frame, at + 24, at + 40), number(frame, at + 42));
  }

  private boolean open(byte[] address, int port) {
    String hex = HexFormat.of().formatHex(address);
    String mapped = "00000000000000000000ffff";
    String own = hex.startsWith(mapped) ? hex.substring(mapped.length()) : hex;
    return ports.getOrDefault(own, NONE).get(port);
  }

  private static int number(byte[] frame, int at) {
    return ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
  }
}
