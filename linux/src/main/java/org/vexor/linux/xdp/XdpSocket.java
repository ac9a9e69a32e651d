package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.concurrent.locks.LockSupport;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// An AF_XDP socket with its packet memory and its four rings: one queue of one interface.
///
/// ```
///            fill ->  kernel -> receive        frames for packets in
///        transmit ->  kernel -> completion     frames of packets out
/// ```
///
/// Order: open, put frames on the fill ring, [#bind], then the slot of the XSKMAP, then attach the
/// program; to end, the reverse: an unbound socket in a slot, and one that is closed but still
/// mapped, swallow packets.
///
/// Threading: one thread owns rings and wake-ups; [#statistics()] may be asked from any.
public final class XdpSocket implements AutoCloseable {
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUF = 7;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_BUSY_POLL = 46;
  private static final int SO_PREFER_BUSY_POLL = 69;
  private static final int SO_BUSY_POLL_BUDGET = 70;
  private static final int MSG_DONTWAIT = 0x40;

  /// A queue that was closed a moment ago is busy until a work queue of the kernel has run, about
  /// 17 ms; thirty times that is certainly another program's.
  private static final long BIND_PATIENCE_NS = 500_000_000;

  private static final long BIND_RETRY_NS = 5_000_000;

  private final FileDescriptor file;
  private final Umem umem;
  private final RingMappings mappings;
  private final FillRing fill;
  private final CompletionRing completion;
  private final ReceiveRing receive;
  private final TransmitRing transmit;
  private boolean zeroCopy;

  private XdpSocket(
      FileDescriptor file, Umem umem, RingMappings mappings, XdpSocketOptions options) {
    this.file = file;
    this.umem = umem;
    this.mappings = mappings;
    fill = mappings.fill(options.fillEntries());
    completion = mappings.completion(options.completionEntries());
    receive = mappings.receive(options.receiveEntries());
    transmit = mappings.transmit(options.transmitEntries());
  }

  /// Opens a socket with packet memory of its own; as [#open(Umem, XdpSocketOptions)].
  public static XdpSocket open(XdpSocketOptions options) {
    return open(Umem.map(options.frames(), options.frameBytes()), options);
  }

  /// Opens a socket in the calling thread's network namespace over packet memory that is there,
  /// with rings, not yet bound.
  ///
  /// @param options `frames` and `frameBytes` are those of `umem`
  /// @throws org.vexor.linux.KernelException EPERM without CAP_NET_RAW, ENOBUFS above the limit of
  ///   locked memory
  public static XdpSocket open(Umem umem, XdpSocketOptions options) {
    if (options.frames() != umem.frames() || options.frameBytes() != umem.frameBytes()) {
      throw new IllegalArgumentException(
          options + " is not for %d frames of %d".formatted(umem.frames(), umem.frameBytes()));
    }
    FileDescriptor file = SocketCalls.socket();
    try {
      SocketCalls.register(file, umem);
      RingMappings mappings = new RingMappings(file, options);
      try {
        return new XdpSocket(file, umem, mappings, options);
      } catch (RuntimeException e) {
        mappings.close();
        throw e;
      }
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// Binds to a queue. Waits up to half a second for one that is just being released.
  ///
  /// @param interfaceIndex in the calling thread's network namespace
  /// @param queue receive queue number, from 0
  /// @throws org.vexor.linux.KernelException EBUSY when another socket has the queue, EINVAL when
  ///   there is no such queue, EOPNOTSUPP when the driver has no zero-copy
  public void bind(int interfaceIndex, int queue, BindMode mode) {
    StructLayout layout = XdpLayouts.SOCKADDR_XDP;
    try (Arena call = Arena.ofConfined()) {
      MemorySegment address = call.allocate(layout);
      address.set(JAVA_SHORT, XdpLayouts.offset(layout, "sxdp_family"), (short) XdpLayouts.AF_XDP);
      address.set(
          JAVA_SHORT,
          XdpLayouts.offset(layout, "sxdp_flags"),
          (short) (mode.flags() | XdpLayouts.XDP_USE_NEED_WAKEUP));
      address.set(JAVA_INT, XdpLayouts.offset(layout, "sxdp_ifindex"), interfaceIndex);
      address.set(JAVA_INT, XdpLayouts.offset(layout, "sxdp_queue_id"), queue);
      long deadline = System.nanoTime() + BIND_PATIENCE_NS;
      long result;
      do {
        result = Syscall.BIND.call(file.number(), address.address(), layout.byteSize());
        if (result == -Errno.EBUSY) {
          LockSupport.parkNanos(BIND_RETRY_NS);
        }
      } while (result == -Errno.EBUSY && System.nanoTime() - deadline < 0);
      Syscall.BIND.check(
          result,
          "AF_XDP socket on interface " + interfaceIndex + " queue " + queue + " (" + mode + ")",
          SocketCalls.bindRemedy((int) -result));
      MemorySegment options = call.allocate(JAVA_INT);
      SocketCalls.get(file, XdpLayouts.XDP_OPTIONS, options, "XDP_OPTIONS");
      zeroCopy = (options.get(JAVA_INT, 0) & XdpLayouts.XDP_OPTIONS_ZEROCOPY) != 0;
    }
  }

  /// Whether the bound socket works without copies, as the kernel says.
  public boolean zeroCopy() {
    return zeroCopy;
  }

  /// Frames for packets to come.
  public FillRing fill() {
    return fill;
  }

  /// Frames of packets that are sent.
  public CompletionRing completion() {
    return completion;
  }

  /// Packets received.
  public ReceiveRing receive() {
    return receive;
  }

  /// Packets to send.
  public TransmitRing transmit() {
    return transmit;
  }

  /// The packet memory; it outlives this socket.
  public Umem umem() {
    return umem;
  }

  /// Its descriptor: for the XSKMAP and for polling (POLLIN).
  public FileDescriptor file() {
    return file;
  }

  /// Has the kernel send what is on the transmit ring. In copy mode it is always needed and sends
  /// some 32 packets a call; in zero-copy mode only when [ProducerRing#needsWakeup()] says so.
  ///
  /// @return 0, or `-errno`: EAGAIN, EBUSY and ENOBUFS mean call again, ENETDOWN the link is down,
  ///   ENXIO the device is gone
  public int wakeTransmit() {
    return (int) Syscall.SENDTO.call(file.number(), 0, 0, MSG_DONTWAIT, 0, 0);
  }

  /// Has the kernel go on receiving after the fill ring was empty ([ProducerRing#needsWakeup()] of
  /// the fill ring), or poll the NIC when busy polling.
  ///
  /// @return 0, or `-errno` as of [#wakeTransmit()]
  public int wakeReceive() {
    return (int) Syscall.RECVFROM.call(file.number(), 0, 0, MSG_DONTWAIT, 0, 0);
  }

  /// Moves the NIC's work into our system calls: busy polling, since 5.11. Also wants
  /// `napi_defer_hard_irqs` and `gro_flush_timeout` of the interface, which are not touched here.
  ///
  /// @param micros how long one call may poll
  /// @param budget packets of one poll, 64 by default
  /// @throws org.vexor.linux.KernelException EPERM without CAP_NET_ADMIN
  public void preferBusyPoll(int micros, int budget) {
    SocketCalls.setInt(file, SOL_SOCKET, SO_PREFER_BUSY_POLL, 1, "SO_PREFER_BUSY_POLL");
    SocketCalls.setInt(file, SOL_SOCKET, SO_BUSY_POLL, micros, "SO_BUSY_POLL");
    SocketCalls.setInt(file, SOL_SOCKET, SO_BUSY_POLL_BUDGET, budget, "SO_BUSY_POLL_BUDGET");
  }

  /// Lets one [#wakeTransmit()] send up to `packets` in copy mode; whether the kernel knows how
  /// (since about 6.17).
  ///
  /// @param packets 32 up to the size of the transmit ring
  public boolean transmitBudget(int packets) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment word = call.allocateFrom(JAVA_INT, packets);
      return SocketCalls.set(file, XdpLayouts.SOL_XDP, XdpLayouts.XDP_MAX_TX_SKB_BUDGET, word) == 0;
    }
  }

  /// Lets packets of so many bytes be on their way in copy mode, where each is charged to the
  /// socket until the NIC has sent it. As much as the kernel allows: above sysctl net.core.wmem_max
  /// it takes CAP_NET_ADMIN.
  public void sendBuffer(int bytes) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment word = call.allocateFrom(JAVA_INT, bytes);
      if (SocketCalls.set(file, SOL_SOCKET, SO_SNDBUFFORCE, word) < 0) {
        long _ =
            Syscall.SETSOCKOPT.check(
                SocketCalls.set(file, SOL_SOCKET, SO_SNDBUF, word), "SO_SNDBUF = " + bytes);
      }
    }
  }

  /// The kernel's counters; those that old kernels have not are 0.
  public XdpStatistics statistics() {
    StructLayout layout = XdpLayouts.XDP_STATISTICS_LAYOUT;
    try (Arena call = Arena.ofConfined()) {
      MemorySegment s = call.allocate(layout);
      SocketCalls.get(file, XdpLayouts.XDP_STATISTICS, s, "XDP_STATISTICS");
      return new XdpStatistics(
          s.get(JAVA_LONG, XdpLayouts.offset(layout, "rx_dropped")),
          s.get(JAVA_LONG, XdpLayouts.offset(layout, "rx_invalid_descs")),
          s.get(JAVA_LONG, XdpLayouts.offset(layout, "tx_invalid_descs")),
          s.get(JAVA_LONG, XdpLayouts.offset(layout, "rx_ring_full")),
          s.get(JAVA_LONG, XdpLayouts.offset(layout, "rx_fill_ring_empty_descs")),
          s.get(JAVA_LONG, XdpLayouts.offset(layout, "tx_ring_empty_descs")));
    }
  }

  /// Unmaps the rings and closes the socket; harmless when called again. The owner has taken it out
  /// of the XSKMAP before. After it the kernel touches no frame any more: all are the owner's.
  @Override
  public void close() {
    if (file.isOpen()) {
      // Rings first: a mapping keeps a closed socket alive in its slot.
      mappings.close();
      file.close();
    }
  }
}
