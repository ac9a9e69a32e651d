package org.vexor.masque.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/// Stands where a proxy's UDP port would be and passes datagrams on, unless UDP is cut: then they
/// vanish, as behind a firewall that says nothing.
final class UdpRelay implements AutoCloseable {
  private static final int LARGEST = 65_535;

  private final Selector selector;
  private final DatagramChannel front;
  private final SocketAddress server;
  private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
  private final Thread thread;
  private volatile boolean cut;

  private UdpRelay(int port, int serverPort) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    selector = Selector.open();
    front = DatagramChannel.open();
    front.bind(new InetSocketAddress(loopback, port)).configureBlocking(false);
    front.register(selector, SelectionKey.OP_READ);
    server = new InetSocketAddress(loopback, serverPort);
    thread = Thread.ofPlatform().daemon().unstarted(this::run);
  }

  static UdpRelay start(int port, int serverPort) throws IOException {
    var relay = new UdpRelay(port, serverPort);
    relay.thread.start();
    return relay;
  }

  void cut(boolean now) {
    cut = now;
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    try {
      while (front.isOpen()) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          var from = (DatagramChannel) key.channel();
          SocketAddress client = (SocketAddress) key.attachment();
          buffer.clear();
          SocketAddress source = from.receive(buffer);
          if (source != null && !cut) {
            buffer.flip();
            if (client == null) {
              back(source).send(buffer, server);
            } else {
              front.send(buffer, client);
            }
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException | ClosedSelectorException _) {
      // Closed by the test.
    }
  }

  private DatagramChannel back(SocketAddress client) throws IOException {
    DatagramChannel known = backs.get(client);
    if (known == null) {
      known = DatagramChannel.open();
      known.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      known.configureBlocking(false);
      known.register(selector, SelectionKey.OP_READ, client);
      backs.put(client, known);
    }
    return known;
  }

  @Override
  public void close() {
    try {
      front.close();
      selector.close();
      thread.join();
      for (DatagramChannel each : backs.values()) {
        each.close();
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
