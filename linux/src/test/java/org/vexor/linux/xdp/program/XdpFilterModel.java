package org.vexor.linux.xdp.program;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/// What [XdpFilter] should say to a frame, written from its contract and not from its instructions.
final class XdpFilterModel {
  private final BitSet ports = new BitSet();
  private final Set<String> addresses = new HashSet<>();
  private boolean anyAddress;

  void setPort(int port, boolean open) {
    ports.set(port, open);
  }

  void addAddress(InetAddress address) {
    addresses.add(HexFormat.of().formatHex(address.getAddress()));
  }

  void takeAnyAddress(boolean any) {
    anyAddress = any;
  }

  /// Whether the frame is ours.
  boolean takes(byte[] frame, int length) {
    int network = 14;
    if (length < network) {
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
        && ports.get(number(frame, udp + 2))
        && ours(Arrays.copyOfRange(frame, at + 16, at + 20));
  }

  private boolean takesV6(byte[] frame, int at, int length) {
    return length >= at + 48
        && frame[at + 6] == 17
        && ports.get(number(frame, at + 42))
        && ours(Arrays.copyOfRange(frame, at + 24, at + 40));
  }

  private boolean ours(byte[] address) {
    if (anyAddress) {
      return true;
    }
    String hex = HexFormat.of().formatHex(address);
    String mapped = "00000000000000000000ffff";
    return addresses.contains(hex)
        || (hex.startsWith(mapped) && addresses.contains(hex.substring(mapped.length())));
  }

  private static int number(byte[] frame, int at) {
    return ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
  }
}
