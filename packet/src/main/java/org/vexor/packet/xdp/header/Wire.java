package org.vexor.packet.xdp.header;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Numbers and field layouts of the wire.
final class Wire {
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  static final int ETH_P_IP = 0x0800;
  static final int ETH_P_IPV6 = 0x86dd;
  static final int ETH_P_8021Q = 0x8100;
  static final int UDP = 17;

  static final int ETHERNET_BYTES = 14;
  static final int TAG_BYTES = 4;
  static final int IPV4_BYTES = 20;
  static final int IPV6_BYTES = 40;
  static final int UDP_BYTES = 8;

  static final long INT_MASK = 0xffff_ffffL;

  private Wire() {}
}
