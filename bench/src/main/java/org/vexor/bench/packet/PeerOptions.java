package org.vexor.bench.packet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vexor.packet.Endpoint;

/// The command line of a [PacketPeer].
record PeerOptions(Job job, Map<String, String> values, Set<String> flags) {
  private static final List<String> FLAGS = List.of("spin", "sleep");
  private static final List<String> VALUES =
      List.of(
          "backend",
          "if",
          "mode",
          "address",
          "port",
          "to",
          "payload",
          "rate",
          "batch",
          "seconds",
          "receive-buffer",
          "warm-up",
          "busy-poll");

  static final String USAGE =
      """
      usage: PacketPeer rx|echo [--backend xdp|uring|udp|channel] [--if IF] [--mode auto|native|generic]
               [--address IP] [--port P] [--spin|--sleep] [--receive-buffer BYTES] [--busy-poll MICROSECONDS]
               [--seconds S] [--warm-up COMMAND]
             PacketPeer tx --to IP:PORT [--payload BYTES] [--rate PACKETS_PER_SECOND] [--batch N] and the above
      The command of --warm-up is run with bash before `ready`; what it sends is received and not counted.
      """;

  /// What is to be done.
  enum Job {
    RX,
    TX,
    ECHO
  }

  /// @throws IllegalArgumentException with a message for the user
  static PeerOptions parse(String... arguments) {
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    if (arguments.length == 0) {
      throw new IllegalArgumentException(USAGE);
    }
    Job job =
        switch (arguments[0]) {
          case "rx" -> Job.RX;
          case "tx" -> Job.TX;
          case "echo" -> Job.ECHO;
          default -> throw new IllegalArgumentException("no job " + arguments[0] + "\n" + USAGE);
        };
    for (int i = 1; i < arguments.length; i++) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (FLAGS.contains(name)) {
        flags.add(name);
      } else if (VALUES.contains(name) && i + 1 < arguments.length) {
        values.put(name, arguments[++i]);
      } else {
        throw new IllegalArgumentException("what is " + arguments[i] + "?\n" + USAGE);
      }
    }
    return new PeerOptions(job, Map.copyOf(values), Set.copyOf(flags));
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  int number(String name, int otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  double seconds() {
    return Double.parseDouble(text("seconds", "0"));
  }

  /// Where it is bound. A sender takes any number.
  Endpoint bind() {
    int port = number("port", job == Job.TX ? 0 : 9000);
    String address = text("address", "0.0.0.0");
    return Endpoint.parse((address.contains(":") ? "[" + address + "]" : address) + ":" + port);
  }

  Endpoint to() {
    return Endpoint.parse(text("to", ""));
  }

  boolean sleeps() {
    return flags.contains("sleep");
  }
}
