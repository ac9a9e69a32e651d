package org.vexor.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.AttributeKey;
import io.netty.util.internal.StringUtil;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.BackendReport;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;

/// A Netty datagram channel on a [PacketPort]; registers with event loops of a [PacketIoHandler].
///
/// `bind` opens the port. `connect` sets where messages without an address go, and lets only that
/// peer's datagrams in; on a channel that is not bound it first binds the wildcard address of the
/// peer's family, as the first write does when `DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION` is set. A
/// port carries the family of its address alone: `::` takes no IPv4. A channel that moves to
/// another event loop leaves its port there and opens the same address on the new loop's engine;
/// datagrams that arrive in between are lost.
///
/// Threads as with all Netty channels.
public final class PacketDatagramChannel extends MulticastChannel {
  /// Gives [#report] of a channel, which is set as long as the channel is on a loop; also for those
  /// that see the channel only as somebody's `parent()`.
  public static final AttributeKey<Supplier<BackendReport>> BACKEND_REPORT =
      AttributeKey.valueOf(PacketDatagramChannel.class, "BACKEND_REPORT");

  /// One address may be connected after another; 64 datagrams are a batch of the engines.
  private static final ChannelMetadata METADATA = new ChannelMetadata(true, 64);

  private final PacketChannelConfig config = new PacketChannelConfig(this);
  private final DatagramReader reader = new DatagramReader(this);
  private final DatagramWriter writer = new DatagramWriter(this);
  private final PortWriter portWriter = new PortWriter(this);
  private volatile Optional<PacketRegistration> registration = Optional.empty();

  /// Ends the registration by way of Netty's event loop, which counts them.
  private Optional<Runnable> cancellation = Optional.empty();

  private volatile Optional<PacketPort> port = Optional.empty();
  private volatile Optional<InetSocketAddress> local = Optional.empty();
  private volatile Optional<InetSocketAddress> remote = Optional.empty();
  private volatile boolean open = true;

  /// What carries the datagrams now; empty while the channel is on no event loop. Any thread.
  public Optional<BackendReport> report() {
    return registration.map(on -> on.loop().engine().report());
  }

  /// The port it is bound to, for its counters; empty while there is none. Any thread may read the
  /// port's counters, all else is the event loop's.
  public Optional<PacketPort> port() {
    return port;
  }

  /// The way to its port past its pipeline. Event loop only.
  public PortWriter portWriter() {
    return portWriter;
  }

  /// Datagrams dropped since they came from others than the peer that the channel is connected to.
  /// Any thread.
  public long droppedFromOthers() {
    return reader.droppedFromOthers();
  }

  /// Datagrams dropped since auto-read was off and nobody called `read()`. Any thread.
  public long droppedUnread() {
    return reader.droppedUnread();
  }

  PacketRegistration registration() {
    return registration.orElseThrow(
        () -> new IllegalStateException("channel is registered with no event loop"));
  }

  PacketLoop loop() {
    return registration().loop();
  }

  /// The port to send to `peer` by, which is opened when the channel may do without `bind`.
  PacketPort portTo(Endpoint peer) throws IOException {
    if (port.isEmpty()) {
      open(peer.anyLocal());
    }
    return port.orElseThrow();
  }

  private void open(Endpoint at) throws IOException {
    PortOptions options = config.portOptions(at);
    try {
      PacketPort opened = loop().engine().open(options, reader);
      port = Optional.of(opened);
      config.apply(opened);
      InetSocketAddress address = opened.localEndpoint().toSocketAddress();
      reader.local(address);
      local = Optional.of(address);
    } catch (PortException e) {
      port.ifPresent(PacketPort::close);
      port = Optional.empty();
      var refused = new BindException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  @Override
  public PacketChannelConfig config() {
    return config;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open && (local.isPresent() || (config.isActiveOnRegistration() && isRegistered()));
  }

  @Override
  public boolean isConnected() {
    return remote.isPresent();
  }

  @Override
  protected @Nullable SocketAddress localAddress0() {
    return local.orElse(null);
  }

  @Override
  protected @Nullable SocketAddress remoteAddress0() {
    return remote.orElse(null);
  }

  @Override
  protected boolean isCompatible(EventLoop eventLoop) {
    return eventLoop instanceof IoEventLoop ioEventLoop
        && ioEventLoop.isCompatible(ChannelUnsafe.class);
  }

  @Override
  protected void doRegister(ChannelPromise promise) {
    ((IoEventLoop) eventLoop())
        .register((ChannelUnsafe) unsafe())
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                begin((IoRegistration) registered.getNow(), promise);
              } else {
                promise.setFailure(registered.cause());
              }
            });
  }

  private void begin(IoRegistration wrapped, ChannelPromise promise) {
    PacketRegistration own = wrapped.attachment();
    registration = Optional.of(own);
    cancellation = Optional.of(() -> wrapped.cancel());
    attr(BACKEND_REPORT).set(own.loop().engine()::report);
    try {
      if (local.isPresent()) {
        open(Endpoint.of(local.get()));
      }
      if (remote.isPresent()) {
        boolean _ = port.orElseThrow().connect(Endpoint.of(remote.get()));
      }
      // What a full port stopped on the loop that it came from goes on here.
      own.onWritable();
      promise.setSuccess();
    } catch (IOException | PortException e) {
      promise.setFailure(e);
    }
  }

  @Override
  protected void doDeregister() {
    closePort();
    cancellation.ifPresent(Runnable::run);
    cancellation = Optional.empty();
    registration = Optional.empty();
    attr(BACKEND_REPORT).set(null);
  }

  @Override
  protected void doBind(SocketAddress address) throws IOException {
    if (local.isPresent()) {
      throw new AlreadyBoundException();
    }
    open(Endpoint.of(resolved(address)));
  }

  private static InetSocketAddress resolved(SocketAddress address) {
    var internet = (InetSocketAddress) address;
    if (internet.isUnresolved()) {
      throw new UnresolvedAddressException();
    }
    return internet;
  }

  private void doConnect(SocketAddress to, @Nullable SocketAddress from) throws IOException {
    if (remote.isPresent()) {
      throw new AlreadyConnectedException();
    }
    InetSocketAddress peer = resolved(to);
    if (from != null) {
      doBind(from);
    }
    Endpoint endpoint = Endpoint.of(peer);
    try {
      // A backend that cannot leaves it to the reader, which drops others' datagrams in any case.
      boolean _ = portTo(endpoint).connect(endpoint);
    } catch (PortException e) {
      var refused = new ConnectException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
    remote = Optional.of(peer);
    reader.peer(Optional.of(endpoint));
    writer.peer(Optional.of(endpoint));
  }

  @Override
  protected void doDisconnect() {
    port.ifPresent(PacketPort::disconnect);
    remote = Optional.empty();
    reader.peer(Optional.empty());
    writer.peer(Optional.empty());
  }

  @Override
  protected void doClose() {
    open = false;
    reader.close();
    closePort();
  }

  private void closePort() {
    port.ifPresent(PacketPort::close);
    port = Optional.empty();
  }

  @Override
  protected void doBeginRead() {
    reader.beginRead();
  }

  void stopReading() {
    if (isRegistered() && !eventLoop().inEventLoop()) {
      eventLoop().execute(reader::stopReading);
    } else {
      reader.stopReading();
    }
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    if (message instanceof AddressedEnvelope<?, ?> envelope
        && envelope.content() instanceof ByteBuf
        && (envelope.recipient() == null || envelope.recipient() instanceof InetSocketAddress)) {
      if (envelope.recipient() instanceof InetSocketAddress to && to.isUnresolved()) {
        throw new UnresolvedAddressException();
      }
      return message;
    }
    throw new UnsupportedOperationException(
        "unsupported message "
            + StringUtil.simpleClassName(message)
            + ": a datagram channel takes "
            + StringUtil.simpleClassName(DatagramPacket.class)
            + ", an AddressedEnvelope of ByteBuf and InetSocketAddress, or ByteBuf");
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer in) {
    DatagramWriter.Outcome outcome = writer.write(in, maxMessagesPerWrite(), reader.takeRefusal());
    registration().onFlush();
    switch (outcome) {
      case DONE -> {}
      case FULL -> registration().onWritable();
      case LIMIT -> eventLoop().execute(((ChannelUnsafe) unsafe()).flush);
    }
  }

  @Override
  void membership(InetAddress group, NetworkInterface on, boolean join) throws IOException {
    PacketPort member = port.orElseThrow(ClosedChannelException::new);
    Endpoint endpoint = Endpoint.of(group, 0);
    try {
      boolean done =
          join ? member.join(endpoint, on.getIndex()) : member.leave(endpoint, on.getIndex());
      if (!done) {
        throw new UnsupportedOperationException(
            "no multicast on " + loop().engine().report().backend().label() + " ports");
      }
    } catch (PortException e) {
      throw new SocketException(e.getMessage(), e);
    }
  }

  @Override
  NetworkInterface multicastInterface() throws SocketException {
    NetworkInterface chosen = config.getNetworkInterface();
    InetAddress address = local.map(InetSocketAddress::getAddress).orElse(null);
    if (chosen == null && address != null) {
      chosen = NetworkInterface.getByInetAddress(address);
    }
    if (chosen == null) {
      throw new SocketException(
          "no interface for multicast: name one, or set option IP_MULTICAST_IF");
    }
    return chosen;
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new ChannelUnsafe();
  }

  /// What Netty and the event loop call.
  private final class ChannelUnsafe extends AbstractUnsafe implements PacketHandle {
    private final Runnable flush = this::flush0;

    @Override
    public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
      if (!promise.setUncancellable() || !ensureOpen(promise)) {
        return;
      }
      boolean wasActive = isActive();
      try {
        doConnect(to, from);
      } catch (IOException | RuntimeException e) {
        safeSetFailure(promise, annotateConnectException(e, to));
        return;
      }
      safeSetSuccess(promise);
      if (!wasActive && isActive()) {
        pipeline().fireChannelActive();
      }
    }

    @Override
    public void handle(IoRegistration on, IoEvent event) {
      switch ((PacketIoEvent) event) {
        case TURN_OVER -> reader.turnOver();
        case FLUSH -> {
          if (port.isPresent()) {
            int _ = port.get().flush();
          }
        }
        case WRITABLE -> flush0();
      }
    }

    @Override
    public void close() {
      close(voidPromise());
    }
  }
}
