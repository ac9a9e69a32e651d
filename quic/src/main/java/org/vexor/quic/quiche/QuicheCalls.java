package org.vexor.quic.quiche;

import io.netty.handler.codec.quic.QuicChannel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/// Netty's own bindings to quiche, which it keeps to itself. Event loop only.
public final class QuicheCalls {
  /// Results of quiche's calls (`enum quiche_error`).
  public static final int DONE = -1;

  /// A datagram is longer than what the path carries.
  public static final int BUFFER_TOO_SHORT = -2;

  /// There is no such stream, or no more.
  public static final int INVALID_STREAM_STATE = -7;

  public static final int STREAM_STOPPED = -15;

  /// `enum quiche_shutdown`.
  public static final int SHUTDOWN_READ = 0;

  public static final int SHUTDOWN_WRITE = 1;

  private static final MethodHandle CONNECTION;
  private static final MethodHandle IS_FREED;
  private static final MethodHandle ADDRESS;
  private static final MethodHandle IDS;
  private static final MethodHandle NEXT_ID;
  private static final MethodHandle SEND_AND_FLUSH;
  private static final MethodHandle PACKET_RECEIVE;
  private static final MethodHandle PACKET_SEND;
  private static final MethodHandle MAX_PACKET;
  private static final MethodHandle DATAGRAM_RECEIVE;
  private static final MethodHandle DATAGRAM_SEND;
  private static final MethodHandle STREAM_SEND;
  private static final MethodHandle STREAM_RECEIVE;
  private static final MethodHandle STREAM_SHUTDOWN;
  private static final MethodHandle STREAM_CAPACITY;
  private static final MethodHandle STREAMS_LEFT;
  private static final MethodHandle READABLE;
  private static final MethodHandle ITERATOR_NEXT;
  private static final MethodHandle ITERATOR_FREE;

  static {
    try {
      Class<?> channel = Bindings.type("QuicheQuicChannel");
      Class<?> connection = Bindings.type("QuicheQuicConnection");
      Class<?> ids = Bindings.type("QuicStreamIdGenerator");
      Lookup lookup = MethodHandles.privateLookupIn(channel, MethodHandles.lookup());
      MethodType ofChannel = MethodType.methodType(Object.class, QuicChannel.class);
      CONNECTION = lookup.findGetter(channel, "connection", connection).asType(ofChannel);
      IDS = lookup.findGetter(channel, "idGenerator", ids).asType(ofChannel);
      SEND_AND_FLUSH =
          lookup
              .findVirtual(channel, "connectionSendAndFlush", MethodType.methodType(void.class))
              .asType(MethodType.methodType(void.class, QuicChannel.class));
      ADDRESS = method(lookup, connection, "address", long.class);
      IS_FREED = method(lookup, connection, "isFreed", boolean.class);
      NEXT_ID = method(lookup, ids, "nextStreamId", long.class, boolean.class);
      Class<?> l = long.class;
      Class<?> i = int.class;
      PACKET_RECEIVE = call(lookup, "quiche_conn_recv", i, l, l, i, l);
      PACKET_SEND = call(lookup, "quiche_conn_send", i, l, l, i, l);
      MAX_PACKET = call(lookup, "quiche_conn_max_send_udp_payload_size", i, l);
      DATAGRAM_RECEIVE = call(lookup, "quiche_conn_dgram_recv", i, l, l, i);
      DATAGRAM_SEND = call(lookup, "quiche_conn_dgram_send", i, l, l, i);
      STREAM_SEND = call(lookup, "quiche_conn_stream_send", i, l, l, l, i, boolean.class);
      STREAM_RECEIVE = call(lookup, "quiche_conn_stream_recv", i, l, l, l, i, l, l);
      STREAM_SHUTDOWN = call(lookup, "quiche_conn_stream_shutdown", i, l, l, i, l);
      STREAM_CAPACITY = call(lookup, "quiche_conn_stream_capacity", l, l, l);
      STREAMS_LEFT = call(lookup, "quiche_conn_peer_streams_left_uni", l, l);
      READABLE = call(lookup, "quiche_conn_readable", l, l);
      ITERATOR_NEXT = call(lookup, "quiche_stream_iter_next", i, l, long[].class);
      ITERATOR_FREE = call(lookup, "quiche_stream_iter_free", void.class, l);
    } catch (ReflectiveOperationException e) {
      throw Bindings.missing(e);
    }
  }

  private QuicheCalls() {}

  private static MethodHandle method(
      Lookup lookup, Class<?> owner, String name, Class<?> result, Class<?>... arguments)
      throws ReflectiveOperationException {
    MethodType type = MethodType.methodType(result, arguments);
    return lookup.findVirtual(owner, name, type).asType(type.insertParameterTypes(0, Object.class));
  }

  private static MethodHandle call(
      Lookup lookup, String name, Class<?> result, Class<?>... arguments)
      throws ReflectiveOperationException {
    return lookup.findStatic(
        Bindings.type("Quiche"), name, MethodType.methodType(result, arguments));
  }

  /// What Netty knows the connection by; the same for the life of an established one.
  public static Object connection(QuicChannel channel) {
    try {
      return (Object) CONNECTION.invokeExact(channel);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Where quiche has the connection; -1 when it is gone.
  public static long address(Object connection) {
    try {
      return (boolean) IS_FREED.invokeExact(connection)
          ? -1
          : (long) ADDRESS.invokeExact(connection);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// The number of the next unidirectional stream of this side; used up by asking.
  public static long nextStream(QuicChannel channel) {
    try {
      return (long) NEXT_ID.invokeExact((Object) IDS.invokeExact(channel), false);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Makes packets of what quiche has to send, and flushes them; during a turn, leaves that to its
  /// end.
  public static void sendAndFlush(QuicChannel channel) {
    try {
      SEND_AND_FLUSH.invokeExact(channel);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Takes in one packet, which is decrypted in place.
  ///
  /// @param info address of a `quiche_recv_info`
  /// @return how many bytes were taken, or a negative result
  public static int receivePacket(long connection, long address, int length, long info) {
    try {
      return (int) PACKET_RECEIVE.invokeExact(connection, address, length, info);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Makes the next packet.
  ///
  /// @param info address of a `quiche_send_info`, which is filled
  /// @return its length, 0 to try again, [#DONE] when there is none, or another negative result
  public static int sendPacket(long connection, long address, int capacity, long info) {
    try {
      return (int) PACKET_SEND.invokeExact(connection, address, capacity, info);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// The longest packet that is made now.
  public static int maxPacketBytes(long connection) {
    try {
      return (int) MAX_PACKET.invokeExact(connection);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Takes the oldest received datagram out of quiche's queue.
  ///
  /// @return its length, or [#DONE] when there is none
  public static int receiveDatagram(long connection, long address, int capacity) {
    try {
      return (int) DATAGRAM_RECEIVE.invokeExact(connection, address, capacity);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Copies a datagram into quiche's queue.
  ///
  /// @return 0 or more when it was taken, [#DONE] when the queue is full, [#BUFFER_TOO_SHORT], or
  ///   another negative result
  public static int sendDatagram(long connection, long address, int length) {
    try {
      return (int) DATAGRAM_SEND.invokeExact(connection, address, length);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Gives bytes to a stream, which it opens when it is new.
  ///
  /// @return how many were taken, or a negative result
  public static int send(long connection, long stream, long address, int length, boolean end) {
    try {
      return (int) STREAM_SEND.invokeExact(connection, stream, address, length, end);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Reads a stream.
  ///
  /// @param endFlag address of a byte, set to whether the stream is at its end
  /// @param resetCode address of 8 bytes
  /// @return how many were read, or a negative result
  public static int receive(
      long connection, long stream, long address, int capacity, long endFlag, long resetCode) {
    try {
      return (int)
          STREAM_RECEIVE.invokeExact(connection, stream, address, capacity, endFlag, resetCode);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  public static int shutdown(long connection, long stream, int direction, long code) {
    try {
      return (int) STREAM_SHUTDOWN.invokeExact(connection, stream, direction, code);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// What could be written to an ended stream of this side, which is nothing to go by; but negative
  /// when quiche has forgotten it, as all of it is acknowledged, or [#STREAM_STOPPED].
  public static long capacity(long connection, long stream) {
    try {
      return (long) STREAM_CAPACITY.invokeExact(connection, stream);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// Unidirectional streams that the peer allows to open.
  public static long streamsLeft(long connection) {
    try {
      return (long) STREAMS_LEFT.invokeExact(connection);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  /// An iterator over streams with something to read, to be freed; -1 when there is none.
  public static long readable(long connection) {
    try {
      return (long) READABLE.invokeExact(connection);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  public static int next(long iterator, long[] streams) {
    try {
      return (int) ITERATOR_NEXT.invokeExact(iterator, streams);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }

  public static void free(long iterator) {
    try {
      ITERATOR_FREE.invokeExact(iterator);
    } catch (Throwable e) {
      throw Bindings.unexpected(e);
    }
  }
}
