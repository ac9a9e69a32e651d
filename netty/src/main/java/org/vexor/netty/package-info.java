/// Netty on any way to the wire: an event loop that drives a [org.vexor.packet.PacketEngine], and a
/// datagram channel on its ports. A Netty UDP or QUIC program changes two lines, the event loop
/// group and the channel class:
///
/// ```java
/// var group = new MultiThreadIoEventLoopGroup(cores, PacketIoHandler.newFactory(() -> engine()));
/// new Bootstrap().group(group).channel(PacketDatagramChannel.class).handler(handler).bind(9000);
/// ```
///
/// ```
///  PacketIoHandler.run ──doWork──▶ engine ──frame lent──▶ DatagramReader ──FramePacket──▶ pipeline
///     ▲      │                       ▲                                       (frame retained)  │
///     │      └─flush, resume──▶ DatagramWriter ──reserve, copy, commit──▶ port                 │
///     └── wakeup, from any thread    └──────── release, from any thread ────────◀ last release ┘
/// ```
///
/// **Threads.** One event loop owns one engine and every port on it; each channel lives on its
/// loop, as with any Netty transport. Buffers may be released on any thread.
///
/// **Receiving.** A message's buffer is the engine's own frame. It goes back when the buffer's last
/// reference is released; when the engine has no frame to lend for longer, the message holds a copy
/// from the channel's allocator instead. With auto-read off, up to [DatagramReader#PARKED]
/// datagrams wait for `read()`; more are dropped and counted.
///
/// **Sending.** The payload is copied once, into the port's send segment. A write's promise
/// succeeds when the engine has taken the datagram; as with all of UDP that says nothing of its
/// arrival, and the port's counters say what became of it. A full port stops the channel's writes
/// until the engine has room, so that `isWritable` turns false as Netty users expect. What a loop's
/// turn or task wrote goes to the system together: the datagrams of many flushes share its calls.
///
/// Invariants: a frame is released exactly once; no per-packet work allocates, but for what
/// [FramePacket] says. Entry types: [PacketIoHandler], [PacketDatagramChannel], [PacketTransport].
/// Depends on the contract of `org.vexor.packet` and Netty; knows no backend.
@NullMarked
package org.vexor.netty;

import org.jspecify.annotations.NullMarked;
