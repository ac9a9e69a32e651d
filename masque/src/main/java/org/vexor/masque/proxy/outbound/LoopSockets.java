package org.vexor.masque.proxy.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.connected.ConnectedSocket;
import org.vexor.packet.connected.ConnectedSockets;
import org.vexor.packet.connected.PeerHandler;

/// The sockets of one packet loop. On that loop, but for what says otherwise.
public final class LoopSockets {
  private final PacketEngine engine;
  private final ConnectedSockets sockets;

  /// Points at one received payload after another.
  private final ByteBuf window;

  private @Nullable EventLoop loop;

  LoopSockets(LoopEngine engine) {
    this.engine = engine.engine();
    this.sockets = engine.sockets();
    this.window = Unpooled.wrappedBuffer(sockets.memory());
  }

  void loop(EventLoop own) {
    loop = own;
  }

  /// Any thread.
  public EventLoop loop() {
    if (loop == null) {
      throw new IllegalStateException("the event loop is not known yet");
    }
    return loop;
  }

  /// Any thread may read its counters and its report.
  public PacketEngine engine() {
    return engine;
  }

  /// Any thread may read their counters.
  public ConnectedSockets sockets() {
    return sockets;
  }

  TargetSocket open(Endpoint target, TargetListener listener) {
    return new Direct(sockets.open(target, new Ear(listener)));
  }

  /// Calls a listener for what a socket hears.
  private final class Ear implements PeerHandler {
    private final TargetListener listener;

    private Ear(TargetListener listener) {
      this.listener = listener;
    }

    @Override
    public void received(ConnectedSocket socket, ByteBuffer payload) {
      listener.received(window.setIndex(payload.position(), payload.limit()));
    }

    @Override
    public void batchEnd(ConnectedSocket socket) {
      listener.batchRead();
    }

    @Override
    public void failed(ConnectedSocket socket, int errno) {
      listener.failed(errno);
    }
  }

  private final class Direct implements TargetSocket {
    private final ConnectedSocket socket;

    private Direct(ConnectedSocket socket) {
      this.socket = socket;
    }

    @Override
    public void send(ByteBuf payload) {
      int length = payload.readableBytes();
      ByteBuffer bytes =
          payload.nioBufferCount() == 1
              ? payload.internalNioBuffer(payload.readerIndex(), length)
              : payload.nioBuffer();
      boolean _ = socket.send(bytes);
    }

    /// Others' datagrams go out with it; the system is called once for all.
    @Override
    public void flush() {
      int _ = sockets.flush();
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
