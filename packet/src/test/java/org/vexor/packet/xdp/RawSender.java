package org.vexor.packet.xdp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.vexor.linux.xdp.BindMode;
import org.vexor.linux.xdp.XdpSocket;
import org.vexor.linux.xdp.XdpSocketOptions;
import org.vexor.testkit.net.VirtualHosts.Host;

/// Sends frames as they are, from a host whose `v0` has a free queue 0.
final class RawSender implements AutoCloseable {
  private final XdpSocket socket;

  RawSender(Host host) {
    socket =
        XdpLab.in(
            host,
            () -> {
              XdpSocket opened = XdpSocket.open(new XdpSocketOptions(16, 2048, 8, 8, 0, 8));
              opened.bind(host.interfaceIndex(), 0, BindMode.COPY);
              return opened;
            });
  }

  void send(byte[] frame) {
    MemorySegment.copy(frame, 0, socket.umem().segment(), ValueLayout.JAVA_BYTE, 0, frame.length);
    if (socket.transmit().reserve(1) != 1) {
      throw new AssertionError("the ring is full");
    }
    socket.transmit().put(0, 0, frame.length);
    socket.transmit().submit(1);
    int errno = -socket.wakeTransmit();
    if (errno != 0 || socket.transmit().pending() > 0) {
      throw new AssertionError("not sent: errno " + errno);
    }
    while (socket.completion().available(1) == 0) {
      Thread.onSpinWait();
    }
    socket.completion().release(1);
  }

  @Override
  public void close() {
    socket.close();
  }
}
