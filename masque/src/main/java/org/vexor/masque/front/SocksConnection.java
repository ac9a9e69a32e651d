package org.vexor.masque.front;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5Message;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection of a SOCKS5 client up to the point where its request is granted (RFC 1928, 1929).
/// On its event loop.
final class SocksConnection extends SimpleChannelInboundHandler<Socks5Message> {
  /// For a client to say what it wants; the proxy's answer has its own time.
  private static final long PATIENCE_SECONDS = 10;

  private static final String DECODER = "decoder";
  private static final String ENCODER = "encoder";

  private final SocksServices services;
  private @Nullable Future<?> patience;

  /// What came behind the request in the same read; nothing more is read before the answer.
  private final Queue<ByteBuf> early = new ArrayDeque<>();

  private SocksConnection(SocksServices services) {
    this.services = services;
  }

  static void begin(Channel channel, SocksServices services) {
    channel
        .pipeline()
        .addLast(DECODER, new Socks5InitialRequestDecoder())
        .addLast(ENCODER, Socks5ServerEncoder.DEFAULT)
        .addLast(new SocksConnection(services));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    patience =
        context.executor().schedule(() -> close(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    endPatience();
    early.forEach(ByteBuf::release);
    early.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes) {
      early.add(bytes);
    } else {
      super.channelRead(context, message);
    }
  }

  private void endPatience() {
    if (patience != null) {
      boolean _ = patience.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, Socks5Message message) {
    if (message.decoderResult().isFailure()) {
      services.counters().malformed.increment();
      var _ = context.close();
      return;
    }
    switch (message) {
      case Socks5InitialRequest initial -> greet(context, initial);
      case Socks5PasswordAuthRequest login -> logIn(context, login);
      case Socks5CommandRequest command -> command(context, command);
      default -> close(context);
    }
  }

  private void greet(ChannelHandlerContext context, Socks5InitialRequest initial) {
    Socks5AuthMethod wanted =
        services.login().isPresent() ? Socks5AuthMethod.PASSWORD : Socks5AuthMethod.NO_AUTH;
    if (!initial.authMethods().contains(wanted)) {
      services.counters().logInsRefused.increment();
      end(context, new DefaultSocks5InitialResponse(Socks5AuthMethod.UNACCEPTED));
      return;
    }
    var _ = context.writeAndFlush(new DefaultSocks5InitialResponse(wanted));
    context
        .pipeline()
        .replace(
            DECODER,
            DECODER,
            services.login().isPresent()
                ? new Socks5PasswordAuthRequestDecoder()
                : new Socks5CommandRequestDecoder());
  }

  private void logIn(ChannelHandlerContext context, Socks5PasswordAuthRequest login) {
    boolean right =
        services.login().filter(own -> own.isRight(login.username(), login.password())).isPresent();
    if (!right) {
      services.counters().logInsRefused.increment();
      end(context, new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.FAILURE));
      return;
    }
    var _ =
        context.writeAndFlush(
            new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.SUCCESS));
    context.pipeline().replace(DECODER, DECODER, new Socks5CommandRequestDecoder());
  }

  private static void close(ChannelHandlerContext context) {
    var _ = context.close();
  }

  private static void end(ChannelHandlerContext context, Object lastWord) {
    var _ = context.writeAndFlush(lastWord).addListener(ChannelFutureListener.CLOSE);
  }

  private void command(ChannelHandlerContext context, Socks5CommandRequest command) {
    endPatience();
    context.channel().config().setAutoRead(false);
    if (command.type().equals(Socks5CommandType.CONNECT)) {
      connect(context, command);
    } else if (command.type().equals(Socks5CommandType.UDP_ASSOCIATE)) {
      SocksAssociation.open(
          services,
          context.channel(),
          command.dstPort(),
          address -> context.executor().execute(() -> associated(context, address)));
    } else {
      end(context, response(Socks5CommandStatus.COMMAND_UNSUPPORTED));
    }
  }

  private static DefaultSocks5CommandResponse response(Socks5CommandStatus status) {
    return new DefaultSocks5CommandResponse(status, Socks5AddressType.IPv4, "0.0.0.0", 0);
  }

  private void associated(ChannelHandlerContext context, Optional<InetSocketAddress> address) {
    if (address.isEmpty()) {
      services.counters().requestsFailed.increment();
      end(context, response(Socks5CommandStatus.FAILURE));
      return;
    }
    InetSocketAddress port = address.get();
    var _ =
        context.writeAndFlush(
            new DefaultSocks5CommandResponse(
                Socks5CommandStatus.SUCCESS,
                port.getAddress() instanceof Inet4Address
                    ? Socks5AddressType.IPv4
                    : Socks5AddressType.IPv6,
                port.getAddress().getHostAddress(),
                port.getPort()));
    // To notice when it ends.
    context.channel().config().setAutoRead(true);
  }

  private void connect(ChannelHandlerContext context, Socks5CommandRequest command) {
    String host = command.dstAddr();
    boolean bare = host.indexOf(':') >= 0;
    String target = (bare ? "[" + host + "]" : host) + ":" + command.dstPort();
    if (host.isEmpty() || command.dstPort() == 0 || !host.chars().allMatch(SocksConnection::fits)) {
      end(context, response(Socks5CommandStatus.ADDRESS_UNSUPPORTED));
      return;
    }
    var relays = new SocksRelay[1];
    relays[0] = new SocksRelay(context.channel(), status -> answered(context, status, relays[0]));
    services.client().connectTcp(target, relays[0]);
  }

  /// What a host can be made of; the proxy judges the rest.
  private static boolean fits(int c) {
    return c > ' ' && c <= '~' && "/?#@[]\\\"<>".indexOf(c) < 0;
  }

  private void answered(
      ChannelHandlerContext context, Socks5CommandStatus status, SocksRelay relay) {
    if (!status.isSuccess()) {
      services.counters().requestsFailed.increment();
      end(context, response(status));
      return;
    }
    var _ = context.writeAndFlush(response(status));
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(relay);
    while (!early.isEmpty()) {
      context.fireChannelRead(early.remove());
    }
    // What the decoder still has it passes on when it goes.
    pipeline.remove(DECODER);
    context.fireChannelReadComplete();
    pipeline.remove(ENCODER);
    pipeline.remove(this);
    if (context.channel().isActive()) {
      var _ = context.channel().read();
    } else {
      relay.channelInactive(context);
    }
  }

  /// A client that has nothing more to say before its request was granted is gone; so is one whose
  /// association lasts as long as this connection.
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      var _ = context.close();
    }
  }

  /// The connection broke: nothing more to say on it.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var _ = context.close();
  }
}
