package org.vexor.node.masque.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.packet.Endpoint;

/// Whether something answers at one of a proxy's addresses.
final class Reach {
  private static final double NS_A_MS = 1e6;

  /// What came of it.
  ///
  /// @param works whether something answers
  /// @param isCertain whether, if nothing does, the host itself said so
  /// @param fact what was seen, of the address that answers or of all
  /// @param largestBytes the largest packet that was answered, where that was asked
  record Result(boolean works, boolean isCertain, String fact, Optional<Integer> largestBytes) {}

  private Reach() {}

  /// By QUIC's own question over UDP.
  static Result byUdp(List<InetAddress> addresses, int port, Duration patience) {
    var facts = new ArrayList<String>();
    boolean certain = true;
    for (InetAddress address : addresses) {
      var to = new InetSocketAddress(address, port);
      switch (QuicReach.ask(to, patience)) {
        case QuicReach.Outcome.Answers(long ns, int largest) -> {
          return new Result(true, true, fact(to, ns), Optional.of(largest));
        }
        case QuicReach.Outcome.Refused() ->
            facts.add(text(to) + " says that its UDP port is closed");
        case QuicReach.Outcome.Silent() -> {
          certain = false;
          facts.add(text(to) + " does not answer by UDP");
        }
        case QuicReach.Outcome.Unsent(String why) -> facts.add(text(to) + ": " + why);
      }
    }
    return new Result(false, certain, String.join("; ", facts), Optional.empty());
  }

  /// By a connection that is closed at once.
  static Result byTcp(List<InetAddress> addresses, int port, Duration patience) {
    var facts = new ArrayList<String>();
    for (InetAddress address : addresses) {
      var to = new InetSocketAddress(address, port);
      long beganNs = System.nanoTime();
      try (var socket = new Socket()) {
        socket.connect(to, Math.toIntExact(patience.toMillis()));
        return new Result(true, true, fact(to, System.nanoTime() - beganNs), Optional.empty());
      } catch (ConnectException _) {
        facts.add(text(to) + " says that its TCP port is closed");
      } catch (IOException e) {
        facts.add(text(to) + ": " + e.getMessage());
      }
    }
    return new Result(false, true, String.join("; ", facts), Optional.empty());
  }

  private static String fact(InetSocketAddress to, long ns) {
    return "%s answers in %.1f ms".formatted(text(to), ns / NS_A_MS);
  }

  private static String text(InetSocketAddress to) {
    return Endpoint.of(to).toString();
  }
}
