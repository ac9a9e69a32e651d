package org.vexor.linux.xdp.program;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vexor.linux.bpf.BpfMap;
import org.vexor.linux.bpf.BpfProgram;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.xdp.XdpSocket;

/// The XDP program of one interface: UDP datagrams to what is open on the queue they came in by go
/// to the AF_XDP socket of that queue; everything else, and what finds no socket, goes to the
/// kernel.
///
/// Open is an address with a port on a queue, so a socket of another program on the same port and
/// another address, or an engine without this port on another queue, loses nothing. Ours is a whole
/// IPv4 or IPv6 datagram that fits a frame, untagged or with one 802.1Q tag, without IPv6 extension
/// headers. What is open and which sockets there are changes while it is attached. At first nothing
/// is open: everything passes.
///
/// Threading: any thread. Closing leaves an attached link to its owner, who closes that first.
public final class XdpFilter implements AutoCloseable {
  private static final int PORTS = 65536;

  /// A hundred ports on ten addresses on sixteen queues.
  private static final int MAX_OPEN = 16384;

  private static final byte[] YES = {1};
  private static final byte[] NO = {0};

  private final BpfMap ports;
  private final BpfMap near;
  private final BpfMap open;
  private final BpfMap sockets;
  private final BpfProgram program;

  /// How many addresses and queues each port is open on.
  private final int[] openings = new int[PORTS];

  /// The keys in `open`, in order.
  private final Set<ByteBuffer> keys = new LinkedHashSet<>();

  private XdpFilter(List<BpfMap> maps, BpfProgram program) {
    ports = maps.get(0);
    near = maps.get(1);
    open = maps.get(2);
    sockets = maps.get(3);
    this.program = program;
  }

  /// Makes the maps and loads the program.
  ///
  /// @param queues receive queues of the interface
  /// @param maxFrameBytes longer frames pass to the kernel: the sockets' frames have no room for
  ///   them
  /// @param fragments whether frames of several buffers come (jumbo MTU on drivers that split)
  /// @throws org.vexor.linux.KernelException EPERM without CAP_BPF and CAP_NET_ADMIN
  public static XdpFilter load(int queues, int maxFrameBytes, boolean fragments) {
    List<BpfMap> maps = new ArrayList<>();
    try {
      maps.add(BpfMap.create(BpfMap.Type.ARRAY, 4, 1, PORTS, "vexor_ports"));
      maps.add(BpfMap.create(BpfMap.Type.ARRAY, 4, FilterProgram.NEAR_BYTES, 1, "vexor_near"));
      maps.add(BpfMap.create(BpfMap.Type.HASH, FilterProgram.KEY_BYTES, 1, MAX_OPEN, "vexor_open"));
      maps.add(BpfMap.create(BpfMap.Type.XSKMAP, 4, 4, queues, "vexor_sockets"));
      byte[] code =
          FilterProgram.assemble(maps.get(0), maps.get(1), maps.get(2), maps.get(3), maxFrameBytes);
      return new XdpFilter(maps, BpfProgram.loadXdp("vexor_filter", code, fragments));
    } catch (RuntimeException e) {
      maps.forEach(BpfMap::close);
      throw e;
    }
  }

  /// Takes datagrams to this address and port that come in by `queue` from now on. Whether a port
  /// may be taken at all (22, another's) is for the caller to know. Harmless when it is open.
  ///
  /// @throws org.vexor.linux.KernelException E2BIG when 16384 are open
  public synchronized void open(InetAddress address, int port, int queue) {
    byte[] key = key(address, port, queue);
    if (keys.contains(ByteBuffer.wrap(key))) {
      return;
    }
    open.put(key, YES);
    keys.add(ByteBuffer.wrap(key));
    showNear();
    if (openings[port]++ == 0) {
      ports.put(portKey(port), YES);
    }
  }

  /// Leaves them to the kernel from now on; whether they were open.
  public synchronized boolean close(InetAddress address, int port, int queue) {
    byte[] key = key(address, port, queue);
    if (!keys.remove(ByteBuffer.wrap(key))) {
      return false;
    }
    if (--openings[port] == 0) {
      ports.put(portKey(port), NO);
    }
    showNear();
    return open.remove(key);
  }

  /// The first ones are compared one by one, before the hash is asked, which has them all.
  private void showNear() {
    ByteBuffer value = ByteBuffer.allocate(FilterProgram.NEAR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    value.putLong(keys.size());
    keys.stream().limit(FilterProgram.NEAR).forEach(key -> value.put(key.duplicate()));
    near.put(new byte[4], value.array());
  }

  /// Gives the datagrams of a queue to a socket, which is bound to that queue: one that is not
  /// would swallow them.
  public void setSocket(int queue, XdpSocket socket) {
    sockets.put(queue, socket.file().number());
  }

  /// Leaves the datagrams of a queue to the kernel; before the socket is closed. Harmless when the
  /// queue has no socket.
  public void clearSocket(int queue) {
    sockets.remove(queue);
  }

  /// Attaches the program; see [XdpLink#attach].
  public XdpLink attach(int interfaceIndex, XdpMode mode) {
    return XdpLink.attach(program, interfaceIndex, mode);
  }

  /// The loaded program.
  public BpfProgram program() {
    return program;
  }

  /// A port in network order, as the program loads it, widened to 32 bits.
  private static byte[] portKey(int port) {
    if (port < 0 || port >= PORTS) {
      throw new IllegalArgumentException("no UDP port: " + port);
    }
    return new byte[] {(byte) (port >>> 8), (byte) port, 0, 0};
  }

  private static byte[] key(InetAddress address, int port, int queue) {
    if (address.isAnyLocalAddress()) {
      throw new IllegalArgumentException(address + " is no address of a datagram");
    }
    byte[] bytes = address.getAddress();
    byte[] key = new byte[FilterProgram.KEY_BYTES];
    if (bytes.length == 4) {
      key[10] = (byte) 0xff;
      key[11] = (byte) 0xff;
    }
    System.arraycopy(bytes, 0, key, 16 - bytes.length, bytes.length);
    System.arraycopy(portKey(port), 0, key, 16, 4);
    for (int i = 0; i < 4; i++) {
      key[20 + i] = (byte) (queue >>> (8 * i));
    }
    return key;
  }

  @Override
  public void close() {
    program.close();
    ports.close();
    near.close();
    open.close();
    sockets.close();
  }
}
