package org.vexor.turbine.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Classic pcap files (tcpdump.org, `pcap-savefile(5)`): a header of 24 bytes, then records of 16
/// bytes and a frame. Frames of Ethernet with VLAN tags, Linux cooked, BSD loopback, and bare IP
/// are followed to UDP; what is cut short or a fragment is skipped and counted.
final class PcapReader {
  private static final int MAGIC_MICROSECONDS = 0xa1b2c3d4;
  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int LINK_TYPE_OFFSET = 20;

  private static final int LINKTYPE_NULL = 0;
  private static final int LINKTYPE_ETHERNET = 1;
  private static final int LINKTYPE_RAW = 101;
  private static final int LINKTYPE_LINUX_SLL = 113;
  private static final int LINKTYPE_LINUX_SLL2 = 276;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final int ETHERTYPE_VLAN = 0x8100;
  private static final int ETHERTYPE_QINQ = 0x88a8;
  private static final int PROTOCOL_UDP = 17;
  private static final int UDP_HEADER_BYTES = 8;
  private static final int IPV4_HEADER_BYTES = 20;
  private static final int IPV6_HEADER_BYTES = 40;

  /// More fragments bit and fragment offset: any of them set is a fragment.
  private static final int IPV4_FRAGMENT_MASK = 0x3fff;

  private final ByteBuffer file;
  private final int linkType;
  private final List<byte[]> datagrams = new ArrayList<>();
  private int skipped;

  private PcapReader(ByteBuffer file) {
    this.file = file;
    this.linkType = file.getInt(LINK_TYPE_OFFSET) & 0xffff;
  }

  static Reading read(byte[] content) {
    if (content.length < FILE_HEADER_BYTES) {
      return new Reading.Not("shorter than a file header");
    }
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer file = ByteBuffer.wrap(content).order(order);
      int magic = file.getInt(0);
      if (magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS) {
        return new PcapReader(file).records();
      }
    }
    return new Reading.Not("no pcap magic");
  }

  private Reading records() {
    int at = FILE_HEADER_BYTES;
    while (at < file.limit()) {
      if (file.limit() - at < RECORD_HEADER_BYTES) {
        return new Reading.Not("ends inside a record header at byte " + at);
      }
      int captured = file.getInt(at + 8);
      at += RECORD_HEADER_BYTES;
      if (captured < 0 || captured > file.limit() - at) {
        return new Reading.Not("ends inside the frame at byte " + at);
      }
      ByteBuffer frame = file.slice(at, captured).order(ByteOrder.BIG_ENDIAN);
      if (!takeUdp(frame)) {
        skipped++;
      }
      at += captured;
    }
    return new Reading.Read(datagrams, skipped);
  }

  private boolean takeUdp(ByteBuffer frame) {
    return switch (linkType) {
      case LINKTYPE_ETHERNET -> byEtherType(frame, 12);
      case LINKTYPE_LINUX_SLL -> byEtherType(frame, 14);
      case LINKTYPE_LINUX_SLL2 ->
          frame.limit() >= 20 && network(frame, frame.getShort(0) & 0xffff, 20);
      case LINKTYPE_NULL -> byVersion(frame, 4);
      case LINKTYPE_RAW -> byVersion(frame, 0);
      default -> false;
    };
  }

  private boolean byEtherType(ByteBuffer frame, int typeOffset) {
    int at = typeOffset;
    while (frame.limit() >= at + 2) {
      int type = frame.getShort(at) & 0xffff;
      if (type != ETHERTYPE_VLAN && type != ETHERTYPE_QINQ) {
        return network(frame, type, at + 2);
      }
      at += 4;
    }
    return false;
  }

  private boolean byVersion(ByteBuffer frame, int at) {
    if (frame.limit() <= at) {
      return false;
    }
    int version = frame.get(at) >> 4 & 0xf;
    return network(frame, version == 4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6, at);
  }

  private boolean network(ByteBuffer frame, int etherType, int at) {
    if (etherType == ETHERTYPE_IPV4 && frame.limit() >= at + IPV4_HEADER_BYTES) {
      int headerBytes = (frame.get(at) & 0xf) * 4;
      return headerBytes >= IPV4_HEADER_BYTES
          && (frame.getShort(at + 6) & IPV4_FRAGMENT_MASK) == 0
          && frame.get(at + 9) == PROTOCOL_UDP
          && udp(frame, at + headerBytes);
    }
    return etherType == ETHERTYPE_IPV6
        && frame.limit() >= at + IPV6_HEADER_BYTES
        && frame.get(at + 6) == PROTOCOL_UDP
        && udp(frame, at + IPV6_HEADER_BYTES);
  }

  private boolean udp(ByteBuffer frame, int at) {
    if (frame.limit() < at + UDP_HEADER_BYTES) {
      return false;
    }
    int length = frame.getShort(at + 4) & 0xffff;
    if (length < UDP_HEADER_BYTES || length > frame.limit() - at) {
      return false;
    }
    byte[] payload = new byte[length - UDP_HEADER_BYTES];
    frame.get(at + UDP_HEADER_BYTES, payload);
    datagrams.add(payload);
    return true;
  }
}
