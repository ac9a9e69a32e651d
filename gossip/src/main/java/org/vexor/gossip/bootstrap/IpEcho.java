package org.vexor.gossip.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.vexor.gossip.crds.IpAddress;
import org.vexor.packet.Endpoint;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;

/// The bytes of the IP echo. Layouts: agave net-utils/src/ip_echo_server.rs.
final class IpEcho {
  /// Header of zeros, four TCP ports, four UDP ports, a newline.
  static final int REQUEST_BYTES = 4 + 8 + 8 + 1;

  /// Header of zeros, an IPv6 address with its tag, an optional u16; shorter ones are padded.
  static final int RESPONSE_BYTES = 4 + 20 + 3;

  static final int PORTS = 4;
  private static final int IPV4 = 0;
  private static final int IPV6 = 1;

  private IpEcho() {}

  /// A question that asks for no ports to be tried.
  static byte[] request() {
    byte[] request = new byte[REQUEST_BYTES];
    request[REQUEST_BYTES - 1] = '\n';
    return request;
  }

  /// Ports that the one who asks wants to be tried.
  record Ports(List<Integer> tcp, List<Integer> udp) {}

  /// Reads a question; empty when it is none.
  static Optional<Ports> readRequest(byte[] bytes) {
    var in = new WireReader(bytes);
    boolean isOurs = in.u32() == 0;
    List<Integer> tcp = ports(in);
    List<Integer> udp = ports(in);
    isOurs &= in.u8() == '\n';
    in.expectEnd();
    return isOurs && in.ok() ? Optional.of(new Ports(tcp, udp)) : Optional.empty();
  }

  private static List<Integer> ports(WireReader in) {
    var ports = new ArrayList<Integer>(PORTS);
    for (int i = 0; i < PORTS; i++) {
      ports.add(in.u16());
    }
    return ports;
  }

  static byte[] response(EchoAnswer answer) {
    byte[] bytes = new byte[RESPONSE_BYTES];
    var out = new WireWriter(bytes);
    IpAddress address = answer.address();
    out.u32(0).u32(address.ipv6() ? IPV6 : IPV4);
    if (address.ipv6()) {
      out.u64(Long.reverseBytes(address.high())).u64(Long.reverseBytes(address.low()));
    } else {
      out.u32(Integer.reverseBytes((int) address.low()));
    }
    out.option(answer.shredVersion().isPresent());
    answer.shredVersion().ifPresent(out::u16);
    return bytes;
  }

  /// Reads an answer; what follows it is padding. Empty when it is none.
  static Optional<EchoAnswer> readResponse(byte[] bytes) {
    var in = new WireReader(bytes);
    boolean isOurs = in.u32() == 0;
    int family = in.u32();
    IpAddress address;
    if (family == IPV6) {
      long high = Long.reverseBytes(in.u64());
      address = new IpAddress(high, Long.reverseBytes(in.u64()), true);
    } else {
      isOurs &= family == IPV4;
      address = new IpAddress(0, Endpoint.ipv4Low(Integer.reverseBytes(in.u32())), false);
    }
    boolean hasVersion = in.remaining() > 0 && in.option();
    OptionalInt version = hasVersion ? OptionalInt.of(in.u16()) : OptionalInt.empty();
    return isOurs && in.ok() ? Optional.of(new EchoAnswer(address, version)) : Optional.empty();
  }
}
