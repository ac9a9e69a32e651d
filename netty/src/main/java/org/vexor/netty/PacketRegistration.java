package org.vexor.netty;

import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;

/// A channel's place on a loop. Loop thread, but for [#isValid].
final class PacketRegistration implements IoRegistration {
  private final PacketLoop loop;
  private final PacketHandle handle;
  private volatile boolean valid = true;
  private boolean turnPending;
  private boolean flushPending;
  private boolean writePending;

  PacketRegistration(PacketLoop loop, PacketHandle handle) {
    this.loop = loop;
    this.handle = handle;
  }

  PacketLoop loop() {
    return loop;
  }

  PacketHandle handle() {
    return handle;
  }

  /// Asks for [PacketIoEvent#TURN_OVER].
  void onTurnOver() {
    if (!turnPending) {
      turnPending = true;
      loop.onTurnOver(this);
    }
  }

  /// Asks for [PacketIoEvent#FLUSH].
  void onFlush() {
    if (!flushPending) {
      flushPending = true;
      loop.onFlush(this);
    }
  }

  /// Asks for [PacketIoEvent#WRITABLE].
  void onWritable() {
    if (!writePending) {
      writePending = true;
      loop.onWritable(this);
    }
  }

  void tell(PacketIoEvent event) {
    switch (event) {
      case TURN_OVER -> turnPending = false;
      case FLUSH -> flushPending = false;
      case WRITABLE -> writePending = false;
    }
    if (valid) {
      handle.handle(this, event);
    }
  }

  /// This, without the wrapper that Netty's event loop puts around it.
  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // Netty lets the caller name the type.
  public <T> T attachment() {
    return (T) this;
  }

  @Override
  public long submit(IoOps ops) {
    throw new UnsupportedOperationException(
        "a packet engine reports every datagram by itself; there are no operations to submit");
  }

  @Override
  public boolean isValid() {
    return valid;
  }

  @Override
  public boolean cancel() {
    if (!valid) {
      return false;
    }
    valid = false;
    loop.cancelled(this);
    handle.unregistered();
    return true;
  }
}
