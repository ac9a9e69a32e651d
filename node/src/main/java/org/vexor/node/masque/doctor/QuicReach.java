package org.vexor.node.masque.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import jdk.net.ExtendedSocketOptions;

/// Asks an address by UDP whether QUIC is spoken there, without a handshake: to a packet of a
/// version that nobody speaks, a server answers with those that it does (RFC 9000 §6.1, RFC 8999
/// §6). Packets of several sizes, which routers may not fragment, show what the path carries.
final class QuicReach {
  /// Of the pattern 0x?a?a?a?a, which is reserved for this (RFC 9000 §15).
  private static final int NOBODYS_VERSION = 0x1a2a3a4a;

  /// Long header, type Initial.
  private static final byte FIRST_BYTE = (byte) 0xc0;

  private static final int ID_BYTES = 8;

  /// A server may leave smaller ones unanswered (RFC 9000 §14.1).
  private static final int SMALLEST = 1_200;

  /// What fills an Ethernet frame of 1,500 bytes, and below it what fits with a tunnel or two under
  /// it, Firefox's, and QUIC's smallest.
  private static final int[] SIZES_V4 = {1_472, 1_452, 1_412, 1_380, 1_350, 1_299, SMALLEST};

  private static final int[] SIZES_V6 = {1_452, 1_412, 1_380, 1_350, 1_299, SMALLEST};
  private static final int ROUNDS = 3;
  private static final int ANSWER_BYTES = 2_048;

  /// What came of it.
  sealed interface Outcome {
    /// QUIC is spoken there.
    ///
    /// @param roundTripNs of the first answer
    /// @param largestBytes the largest UDP payload that was answered
    record Answers(long roundTripNs, int largestBytes) implements Outcome {}

    /// The host said that nobody listens there.
    record Refused() implements Outcome {}

    /// Nothing came back.
    record Silent() implements Outcome {}

    /// Not even sent.
    record Unsent(String why) implements Outcome {}
  }

  private final int[] sizes;
  private final boolean[] answered;
  private final byte[] ids;
  private final long beganNs = System.nanoTime();
  private long firstAnswerNs = -1;

  private QuicReach(int[] sizes) {
    this.sizes = sizes;
    answered = new boolean[sizes.length];
    ids = new byte[ID_BYTES];
    RandomGenerator.getDefault().nextBytes(ids);
  }

  /// Asks, and waits for no longer than `patience`.
  static Outcome ask(InetSocketAddress to, Duration patience) {
    var ask = new QuicReach(to.getAddress() instanceof Inet4Address ? SIZES_V4 : SIZES_V6);
    try (var socket = new DatagramSocket()) {
      forbidFragments(socket);
      socket.connect(to);
      for (int round = 0; round < ROUNDS && !ask.all(); round++) {
        ask.send(socket);
        ask.receive(socket, patience.dividedBy(ROUNDS));
      }
      return ask.outcome();
    } catch (PortUnreachableException _) {
      return new Outcome.Refused();
    } catch (IOException e) {
      return new Outcome.Unsent(String.valueOf(e.getMessage()));
    }
  }

  private static void forbidFragments(DatagramSocket socket) throws IOException {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.IP_DONTFRAGMENT)) {
      socket.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, true);
    }
  }

  private boolean all() {
    for (boolean each : answered) {
      if (!each) {
        return false;
      }
    }
    return true;
  }

  /// Smaller ones first, so that the first answer is to the one that has the best chance.
  private void send(DatagramSocket socket) throws IOException {
    for (int i = sizes.length - 1; i >= 0; i--) {
      if (!answered[i]) {
        byte[] packet = packet(i);
        try {
          socket.send(new DatagramPacket(packet, packet.length));
        } catch (PortUnreachableException e) {
          throw e;
        } catch (IOException e) {
          // Too long for this host's own link; the smallest fits everywhere.
          if (sizes[i] == SMALLEST) {
            throw e;
          }
        }
      }
    }
  }

  /// The number of the size is in the source connection id, which the answer brings back.
  private byte[] packet(int size) {
    var packet = ByteBuffer.allocate(sizes[size]);
    packet.put(FIRST_BYTE).putInt(NOBODYS_VERSION);
    packet.put((byte) ID_BYTES).put(ids);
    packet.put((byte) ID_BYTES).put(own(size));
    return packet.array();
  }

  private byte[] own(int size) {
    byte[] id = ids.clone();
    id[ID_BYTES - 1] = (byte) size;
    return id;
  }

  private void receive(DatagramSocket socket, Duration patience) throws IOException {
    long untilNs = System.nanoTime() + patience.toNanos();
    var packet = new DatagramPacket(new byte[ANSWER_BYTES], ANSWER_BYTES);
    for (long leftNs = patience.toNanos();
        leftNs > 0 && !all();
        leftNs = untilNs - System.nanoTime()) {
      socket.setSoTimeout((int) Math.max(1, Duration.ofNanos(leftNs).toMillis()));
      packet.setLength(ANSWER_BYTES);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException _) {
        return;
      }
      answeredSize(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()))
          .ifPresent(
              size -> {
                answered[size] = true;
                if (firstAnswerNs < 0) {
                  firstAnswerNs = System.nanoTime();
                }
              });
    }
  }

  /// Which size a Version Negotiation packet answers; empty when it is none that was asked for.
  private OptionalInt answeredSize(ByteBuffer packet) {
    int needed = 1 + Integer.BYTES + 2 * (1 + ID_BYTES);
    if (packet.remaining() < needed || packet.get() >= 0 || packet.getInt() != 0) {
      return OptionalInt.empty();
    }
    byte[] to = id(packet);
    byte[] from = id(packet);
    int size = to.length == ID_BYTES ? to[ID_BYTES - 1] : -1;
    boolean ours =
        size >= 0
            && size < sizes.length
            && Arrays.equals(to, own(size))
            && Arrays.equals(from, ids);
    return ours ? OptionalInt.of(size) : OptionalInt.empty();
  }

  private static byte[] id(ByteBuffer packet) {
    int length = packet.get();
    var id = new byte[length == ID_BYTES ? ID_BYTES : 0];
    packet.get(id);
    return id;
  }

  private Outcome outcome() {
    for (int i = 0; i < sizes.length; i++) {
      if (answered[i]) {
        return new Outcome.Answers(firstAnswerNs - beganNs, sizes[i]);
      }
    }
    return new Outcome.Silent();
  }
}
