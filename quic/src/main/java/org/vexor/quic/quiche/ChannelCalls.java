package org.vexor.quic.quiche;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicChannel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What Netty's QUIC channel and codec keep to themselves: the steps of a turn. Event loop only.
public final class ChannelCalls {
  private static final MethodHandle TOUCHED;
  private static final MethodHandle MARK_TOUCHED;
  private static final MethodHandle BY_ID;
  private static final MethodHandle ADD_ID;
  private static final MethodHandle REMOVE_ID;
  private static final MethodHandle RETIRED_IDS;
  private static final MethodHandle NEW_IDS;
  private static final MethodHandle FORGET_STREAM;
  private static final MethodHandle REMOTE;
  private static final MethodHandle SET_REMOTE;
  private static final MethodHandle LOCAL;
  private static final MethodHandle SET_LOCAL;
  private static final MethodHandle GUARD;
  private static final MethodHandle SET_GUARD;
  private static final MethodHandle PROCESS;
  private static final MethodHandle RECEIVE_INFO;
  private static final MethodHandle FILL_RECEIVE_INFO;
  private static final MethodHandle MEMORY_ADDRESS;
  private static final MethodHandle EXCEPTION;
  private static final MethodHandle IS_FATAL;
  private static final int IN_RECEIVE;
  private static final int SEND_INFO_BYTES;
  private static final int SEND_INFO_TO;

  static {
    try {
      Class<?> channel = Bindings.type("QuicheQuicChannel");
      Class<?> connection = Bindings.type("QuicheQuicConnection");
      Class<?> codec = Bindings.type("QuicheQuicCodec");
      Class<?> quiche = Bindings.type("Quiche");
      Class<?> unsafe = Bindings.type("QuicheQuicChannel$QuicChannelUnsafe");
      Lookup inChannel = MethodHandles.privateLookupIn(channel, MethodHandles.lookup());
      Lookup inCodec = MethodHandles.privateLookupIn(codec, MethodHandles.lookup());
      Lookup inUnsafe = MethodHandles.privateLookupIn(unsafe, MethodHandles.lookup());
      Class<?> address = InetSocketAddress.class;
      MethodType getAddress = MethodType.methodType(address, QuicChannel.class);
      MethodType setAddress = MethodType.methodType(void.class, QuicChannel.class, address);
      TOUCHED =
          inCodec
              .findGetter(codec, "needsFireChannelReadComplete", Queue.class)
              .asType(MethodType.methodType(Queue.class, ChannelHandler.class));
      MARK_TOUCHED = of(inChannel, channel, "markInFireChannelReadCompleteQueue", boolean.class);
      BY_ID =
          inCodec
              .findVirtual(codec, "getChannel", MethodType.methodType(channel, ByteBuffer.class))
              .asType(
                  MethodType.methodType(QuicChannel.class, ChannelHandler.class, ByteBuffer.class));
      MethodType mapping = MethodType.methodType(void.class, channel, ByteBuffer.class);
      MethodType mappingOfCodec =
          MethodType.methodType(
              void.class, ChannelHandler.class, QuicChannel.class, ByteBuffer.class);
      ADD_ID = inCodec.findVirtual(codec, "addMapping", mapping).asType(mappingOfCodec);
      REMOVE_ID = inCodec.findVirtual(codec, "removeMapping", mapping).asType(mappingOfCodec);
      RETIRED_IDS = of(inChannel, channel, "retiredSourceConnectionId", List.class);
      NEW_IDS = of(inChannel, channel, "newSourceConnectionIds", List.class);
      FORGET_STREAM =
          inChannel
              .findVirtual(channel, "streamClosed", MethodType.methodType(void.class, long.class))
              .asType(MethodType.methodType(void.class, QuicChannel.class, long.class));
      REMOTE = inChannel.findGetter(channel, "remote", address).asType(getAddress);
      SET_REMOTE = inChannel.findSetter(channel, "remote", address).asType(setAddress);
      LOCAL = inChannel.findGetter(channel, "local", address).asType(getAddress);
      SET_LOCAL = inChannel.findSetter(channel, "local", address).asType(setAddress);
      GUARD =
          inChannel
              .findGetter(channel, "reantranceGuard", int.class)
              .asType(MethodType.methodType(int.class, QuicChannel.class));
      SET_GUARD =
          inChannel
              .findSetter(channel, "reantranceGuard", int.class)
              .asType(MethodType.methodType(void.class, QuicChannel.class, int.class));
      PROCESS =
          inUnsafe
              .findVirtual(unsafe, "processReceived", MethodType.methodType(void.class, connection))
              .asType(MethodType.methodType(void.class, Channel.Unsafe.class, Object.class));
      RECEIVE_INFO =
          inChannel
              .findVirtual(connection, "nextRecvInfo", MethodType.methodType(ByteBuffer.class))
              .asType(MethodType.methodType(ByteBuffer.class, Object.class));
      FILL_RECEIVE_INFO =
          inChannel.findStatic(
              Bindings.type("QuicheRecvInfo"),
              "setRecvInfo",
              MethodType.methodType(void.class, ByteBuffer.class, address, address));
      MEMORY_ADDRESS =
          inChannel.findStatic(
              quiche,
              "memoryAddressWithPosition",
              MethodType.methodType(long.class, ByteBuffer.class));
      EXCEPTION =
          inChannel.findStatic(
              quiche, "convertToException", MethodType.methodType(Exception.class, int.class));
      IS_FATAL =
          inChannel.findStatic(
              quiche, "shouldClose", MethodType.methodType(boolean.class, int.class));
      IN_RECEIVE = (int) inChannel.findStaticGetter(channel, "IN_RECV", int.class).invoke();
      SEND_INFO_BYTES = constant(inChannel, quiche, "SIZEOF_QUICHE_SEND_INFO");
      SEND_INFO_TO = constant(inChannel, quiche, "QUICHE_SEND_INFO_OFFSETOF_TO");
    } catch (ReflectiveOperationException e) {
      throw Bindings.missing(e);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  private ChannelCalls() {}

  private static MethodHandle of(Lookup lookup, Class<?> channel, String name, Class<?> result)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(channel, name, MethodType.methodType(result))
        .asType(MethodType.methodType(result, QuicChannel.class));
  }

  private static int constant(Lookup lookup, Class<?> owner, String name) throws Throwable {
    return (int) lookup.findStaticGetter(owner, name, int.class).invoke();
  }

  /// Connections that packets came for in this turn, as Netty's codec notes them.
  @SuppressWarnings("unchecked")
  public static Queue<Object> touched(ChannelHandler codec) {
    try {
      return (Queue<Object>) (Queue) TOUCHED.invokeExact(codec);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Notes that packets came for a connection in this turn, whose end then sends its answers.
  public static void touch(ChannelHandler codec, QuicChannel channel) {
    try {
      if ((boolean) MARK_TOUCHED.invokeExact(channel)) {
        boolean _ = touched(codec).add(channel);
      }
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// The connection that a packet with this id is for; null when the codec knows none.
  public static @Nullable QuicChannel byId(ChannelHandler codec, ByteBuffer id) {
    try {
      return (QuicChannel) BY_ID.invokeExact(codec, id);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Takes over which connection ids quiche has made and given up.
  ///
  /// @return whether some were given up
  public static boolean renewIds(ChannelHandler codec, QuicChannel channel) {
    try {
      List<?> retired = (List<?>) (List) RETIRED_IDS.invokeExact(channel);
      for (int i = 0; i < retired.size(); i++) {
        REMOVE_ID.invokeExact(codec, channel, (ByteBuffer) retired.get(i));
      }
      List<?> made = (List<?>) (List) NEW_IDS.invokeExact(channel);
      for (int i = 0; i < made.size(); i++) {
        ADD_ID.invokeExact(codec, channel, (ByteBuffer) made.get(i));
      }
      return !retired.isEmpty();
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Drops what the channel knows of a stream.
  public static void forgetStream(QuicChannel channel, long stream) {
    try {
      FORGET_STREAM.invokeExact(channel, stream);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Says between which addresses the next packet travelled.
  ///
  /// @param info of [#receiveInfo]; written only when something changed
  public static void travelled(
      QuicChannel channel, ByteBuffer info, InetSocketAddress from, InetSocketAddress to) {
    try {
      if (isOther((InetSocketAddress) REMOTE.invokeExact(channel), from)
          || isOther((InetSocketAddress) LOCAL.invokeExact(channel), to)) {
        FILL_RECEIVE_INFO.invokeExact(info, from, to);
        SET_REMOTE.invokeExact(channel, from);
        SET_LOCAL.invokeExact(channel, to);
      }
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// The channel's addresses and the ones in `info` are changed together, so the same object says
  /// that both are as they were; an equal one does not.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isOther(@Nullable InetSocketAddress noted, InetSocketAddress now) {
    return noted != now;
  }

  /// The `quiche_recv_info` of a connection; the same one for its life.
  public static ByteBuffer receiveInfo(Object connection) {
    try {
      return (ByteBuffer) RECEIVE_INFO.invokeExact(connection);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  public static long address(ByteBuffer memory) {
    try {
      return (long) MEMORY_ADDRESS.invokeExact(memory);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Lets Netty see what the packets of a turn have changed: events, streams, datagrams that nobody
  /// took.
  public static void process(QuicChannel channel, Object connection) {
    try {
      int guard = (int) GUARD.invokeExact(channel);
      SET_GUARD.invokeExact(channel, guard | IN_RECEIVE);
      try {
        PROCESS.invokeExact(channel.unsafe(), connection);
      } finally {
        SET_GUARD.invokeExact(channel, (int) GUARD.invokeExact(channel) & ~IN_RECEIVE);
      }
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// A negative result of quiche's as Netty's exception.
  public static Exception exception(int result) {
    try {
      return (Exception) EXCEPTION.invokeExact(result);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Whether a connection cannot go on after this result.
  public static boolean isFatal(int result) {
    try {
      return (boolean) IS_FATAL.invokeExact(result);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Bytes of a `quiche_send_info`.
  public static int sendInfoBytes() {
    return SEND_INFO_BYTES;
  }

  /// Where in it the destination is, a `sockaddr`.
  public static int sendInfoDestination() {
    return SEND_INFO_TO;
  }
}
