package org.vexor.node.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.vexor.node.rpc.RpcServer;
import org.vexor.node.rpc.RpcSource;

/// JSON-RPC where the user asked for it, else nothing.
final class RpcPort implements AutoCloseable {
  private final Optional<RpcServer> server;

  private RpcPort(Optional<RpcServer> server) {
    this.server = server;
  }

  /// Starts to serve.
  ///
  /// @param port of loopback; 0 for none
  static RpcPort open(int port, Supplier<RpcSource> source) throws UserException {
    if (port == 0) {
      return new RpcPort(Optional.empty());
    }
    if (port < 1 || port > 65_534) {
      throw new UserException("--rpc " + port + " is out of range: give 1 to 65534");
    }
    try {
      return new RpcPort(
          Optional.of(
              RpcServer.start(
                  source.get(),
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                  BuildVersion.version())));
    } catch (IOException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  Optional<InetSocketAddress> address() {
    return server.map(RpcServer::address);
  }

  @Override
  public void close() {
    server.ifPresent(RpcServer::close);
  }
}
