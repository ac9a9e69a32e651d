package org.vexor.linux.netlink;

import java.util.ArrayList;
import java.util.List;

/// One netlink message: nlmsghdr (length 0:4, type 4:2, flags 6:2, sequence 8:4, port 12:4), body.
record Message(int type, int flags, int sequence, Bytes body) {
  static final int HEADER_BYTES = 16;

  /// The messages of a datagram; stops at the first whose length cannot be.
  static List<Message> split(Bytes datagram) {
    List<Message> messages = new ArrayList<>();
    int at = 0;
    while (at <= datagram.length() - HEADER_BYTES) {
      int length = datagram.s32(at);
      if (length < HEADER_BYTES || length > datagram.length() - at) {
        break;
      }
      Bytes body = datagram.window(at + HEADER_BYTES, length - HEADER_BYTES);
      messages.add(
          new Message(datagram.u16(at + 4), datagram.u16(at + 6), datagram.s32(at + 8), body));
      at += Bytes.align(length);
    }
    return messages;
  }
}
