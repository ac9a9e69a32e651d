package org.vexor.netty;

import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/// The many forms in which Netty's datagram channels join and leave multicast groups, brought down
/// to one; and its addresses by their type.
abstract class MulticastChannel extends AbstractChannel implements DatagramChannel {
  private static final String NO_SOURCES =
      "packet ports join groups as a whole; filter by sender in a handler";

  MulticastChannel() {
    super(null);
  }

  /// Joins or leaves a group on an interface.
  ///
  /// @throws IOException when the port's backend has no multicast, or the system refuses
  abstract void membership(InetAddress group, NetworkInterface on, boolean join) throws IOException;

  /// The interface that groups are joined on when the caller names none.
  abstract NetworkInterface multicastInterface() throws SocketException;

  @Override
  public final @Nullable InetSocketAddress localAddress() {
    return (InetSocketAddress) super.localAddress();
  }

  @Override
  public final @Nullable InetSocketAddress remoteAddress() {
    return (InetSocketAddress) super.remoteAddress();
  }

  private ChannelFuture change(
      InetAddress group,
      @Nullable NetworkInterface on,
      @Nullable InetAddress source,
      boolean join,
      ChannelPromise promise) {
    if (source != null) {
      return promise.setFailure(new UnsupportedOperationException(NO_SOURCES));
    }
    if (eventLoop().inEventLoop()) {
      changeOnLoop(group, on, join, promise);
    } else {
      eventLoop().execute(() -> changeOnLoop(group, on, join, promise));
    }
    return promise;
  }

  private void changeOnLoop(
      InetAddress group, @Nullable NetworkInterface on, boolean join, ChannelPromise promise) {
    try {
      membership(group, on == null ? multicastInterface() : on, join);
      promise.setSuccess();
    } catch (IOException | RuntimeException e) {
      promise.setFailure(e);
    }
  }

  private ChannelFuture refuseBlock(ChannelPromise promise) {
    return promise.setFailure(new UnsupportedOperationException(NO_SOURCES));
  }

  @Override
  public final ChannelFuture joinGroup(InetAddress group) {
    return joinGroup(group, newPromise());
  }

  @Override
  public final ChannelFuture joinGroup(InetAddress group, ChannelPromise promise) {
    return change(group, null, null, true, promise);
  }

  @Override
  public final ChannelFuture joinGroup(InetSocketAddress group, NetworkInterface on) {
    return joinGroup(group, on, newPromise());
  }

  @Override
  public final ChannelFuture joinGroup(
      InetSocketAddress group, NetworkInterface on, ChannelPromise promise) {
    return change(group.getAddress(), on, null, true, promise);
  }

  @Override
  public final ChannelFuture joinGroup(
      InetAddress group, NetworkInterface on, @Nullable InetAddress source) {
    return joinGroup(group, on, source, newPromise());
  }

  @Override
  public final ChannelFuture joinGroup(
      InetAddress group,
      NetworkInterface on,
      @Nullable InetAddress source,
      ChannelPromise promise) {
    return change(group, on, source, true, promise);
  }

  @Override
  public final ChannelFuture leaveGroup(InetAddress group) {
    return leaveGroup(group, newPromise());
  }

  @Override
  public final ChannelFuture leaveGroup(InetAddress group, ChannelPromise promise) {
    return change(group, null, null, false, promise);
  }

  @Override
  public final ChannelFuture leaveGroup(InetSocketAddress group, NetworkInterface on) {
    return leaveGroup(group, on, newPromise());
  }

  @Override
  public final ChannelFuture leaveGroup(
      InetSocketAddress group, NetworkInterface on, ChannelPromise promise) {
    return change(group.getAddress(), on, null, false, promise);
  }

  @Override
  public final ChannelFuture leaveGroup(
      InetAddress group, NetworkInterface on, @Nullable InetAddress source) {
    return leaveGroup(group, on, source, newPromise());
  }

  @Override
  public final ChannelFuture leaveGroup(
      InetAddress group,
      NetworkInterface on,
      @Nullable InetAddress source,
      ChannelPromise promise) {
    return change(group, on, source, false, promise);
  }

  @Override
  public final ChannelFuture block(InetAddress group, NetworkInterface on, InetAddress source) {
    return refuseBlock(newPromise());
  }

  @Override
  public final ChannelFuture block(
      InetAddress group, NetworkInterface on, InetAddress source, ChannelPromise promise) {
    return refuseBlock(promise);
  }

  @Override
  public final ChannelFuture block(InetAddress group, InetAddress source) {
    return refuseBlock(newPromise());
  }

  @Override
  public final ChannelFuture block(InetAddress group, InetAddress source, ChannelPromise promise) {
    return refuseBlock(promise);
  }
}
