package org.vexor.gossip.bootstrap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.vexor.packet.Endpoint;

/// Asks an entrypoint by TCP, on the port number of its gossip.
public final class IpEchoClient {
  private IpEchoClient() {}

  /// What came of a question.
  public sealed interface Outcome {
    /// The entrypoint that was asked.
    Endpoint entrypoint();

    /// It answered.
    record Answered(Endpoint entrypoint, EchoAnswer answer) implements Outcome {}

    /// It did not, and why.
    record Failed(Endpoint entrypoint, String why) implements Outcome {}
  }

  /// Asks and waits, for at most `timeoutMs` to connect and as long for the answer.
  public static Outcome ask(Endpoint entrypoint, int timeoutMs) {
    InetSocketAddress address = entrypoint.toSocketAddress();
    try (var socket = new Socket()) {
      socket.connect(address, timeoutMs);
      socket.setSoTimeout(timeoutMs);
      socket.getOutputStream().write(IpEcho.request());
      socket.getOutputStream().flush();
      // An answer may come in parts, and the server closes after it.
      byte[] response = socket.getInputStream().readNBytes(IpEcho.RESPONSE_BYTES);
      Optional<EchoAnswer> answer = IpEcho.readResponse(response);
      return answer.isPresent()
          ? new Outcome.Answered(entrypoint, answer.get())
          : new Outcome.Failed(
              entrypoint, "answered " + response.length + " bytes that are no IP echo");
    } catch (IOException e) {
      return new Outcome.Failed(entrypoint, String.valueOf(e.getMessage()));
    }
  }
}
