package org.vexor.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;

/// Sends back what it gets, on 127.0.0.1.
public final class UdpEcho implements AutoCloseable {
  private static final int LONGEST = 2_048;

  private final DatagramSocket socket;

  private UdpEcho(DatagramSocket socket) {
    this.socket = socket;
  }

  /// Starts one on any port.
  public static UdpEcho start() {
    try {
      var echo = new UdpEcho(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
      Thread _ = Thread.ofVirtual().start(echo::run);
      return echo;
    } catch (SocketException e) {
      throw new AssertionError("loopback has no port left", e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  private void run() {
    var packet = new DatagramPacket(new byte[LONGEST], LONGEST);
    try {
      while (!socket.isClosed()) {
        packet.setLength(LONGEST);
        socket.receive(packet);
        socket.send(packet);
      }
    } catch (IOException _) {
      // Closed, as the test is over.
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
