package org.vexor.linux.xdp.program;

import java.net.InetAddress;
import org.vexor.linux.bpf.BpfMap;
import org.vexor.linux.bpf.BpfProgram;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.xdp.XdpSocket;

/// The XDP program of one interface: UDP datagrams to open ports of our addresses go to the AF_XDP
/// socket of the queue they came in by; everything else, and what finds no socket, goes to the
/// kernel.
///
/// Ours is a whole IPv4 or IPv6 datagram, untagged or with one 802.1Q tag, without IPv6 extension
/// headers, to an open port and an added address. Ports, addresses and sockets change while it is
/// attached. At first none is open: everything passes.
///
/// Threading: any thread. Closing leaves an attached link to its owner, who closes that first.
public final class XdpFilter implements AutoCloseable {
  private static final int PORTS = 65536;

  /// More than any host has addresses on one interface.
  private static final int MAX_ADDRESSES = 1024;

  private static final byte[] ANY_ADDRESS = new byte[16];

  private final BpfMap ports;
  private final BpfMap addresses;
  private final BpfMap sockets;
  private final BpfProgram program;

  private XdpFilter(BpfMap ports, BpfMap addresses, BpfMap sockets, BpfProgram program) {
    this.ports = ports;
    this.addresses = addresses;
    this.sockets = sockets;
    this.program = program;
  }

  /// Makes the maps and loads the program.
  ///
  /// @param queues receive queues of the interface
  /// @param fragments whether frames of several buffers come (jumbo MTU on drivers that split)
  /// @throws org.vexor.linux.KernelException EPERM without CAP_BPF and CAP_NET_ADMIN
  public static XdpFilter load(int queues, boolean fragments) {
    BpfMap ports = BpfMap.create(BpfMap.Type.ARRAY, 4, 1, PORTS, "vexor_ports");
    BpfMap addresses;
    BpfMap sockets;
    try {
      addresses = BpfMap.create(BpfMap.Type.HASH, 16, 1, MAX_ADDRESSES, "vexor_addresses");
    } catch (RuntimeException e) {
      ports.close();
      throw e;
    }
    try {
      sockets = BpfMap.create(BpfMap.Type.XSKMAP, 4, 4, queues, "vexor_sockets");
    } catch (RuntimeException e) {
      ports.close();
      addresses.close();
      throw e;
    }
    try {
      BpfProgram program =
          BpfProgram.loadXdp(
              "vexor_filter", FilterProgram.assemble(ports, addresses, sockets), fragments);
      return new XdpFilter(ports, addresses, sockets, program);
    } catch (RuntimeException e) {
      ports.close();
      addresses.close();
      sockets.close();
      throw e;
    }
  }

  /// Takes datagrams to `port` from now on. Whether a port may be taken at all (22, another's) is
  /// for the caller to know.
  public void openPort(int port) {
    ports.put(portKey(port), new byte[] {1});
  }

  /// Leaves datagrams to `port` to the kernel from now on.
  public void closePort(int port) {
    ports.put(portKey(port), new byte[] {0});
  }

  /// Takes datagrams to this address from now on.
  public void addAddress(InetAddress address) {
    addresses.put(addressKey(address), new byte[] {1});
  }

  /// Leaves datagrams to this address to the kernel; whether it was ours.
  public boolean removeAddress(InetAddress address) {
    return addresses.remove(addressKey(address));
  }

  /// Takes datagrams to open ports whatever their address is, or no longer. Also takes what a host
  /// that forwards would pass on: only for hosts that do not.
  public void takeAnyAddress(boolean any) {
    if (any) {
      addresses.put(ANY_ADDRESS, new byte[] {1});
    } else {
      addresses.remove(ANY_ADDRESS);
    }
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

  private static byte[] addressKey(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address.isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          address + " is no address of a datagram; for all of them use takeAnyAddress");
    }
    if (bytes.length == 16) {
      return bytes;
    }
    byte[] key = new byte[16];
    key[10] = (byte) 0xff;
    key[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, key, 12, bytes.length);
    return key;
  }

  @Override
  public void close() {
    program.close();
    ports.close();
    addresses.close();
    sockets.close();
  }
}
