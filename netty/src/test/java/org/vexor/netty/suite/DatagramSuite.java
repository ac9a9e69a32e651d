package org.vexor.netty.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.DatagramConnectNotExistsTest;
import io.netty.testsuite.transport.socket.DatagramConnectedWriteExceptionTest;
import io.netty.testsuite.transport.socket.DatagramMulticastIPv6Test;
import io.netty.testsuite.transport.socket.DatagramMulticastTest;
import io.netty.testsuite.transport.socket.DatagramUnicastIPv6MappedTest;
import io.netty.testsuite.transport.socket.DatagramUnicastIPv6Test;
import io.netty.testsuite.transport.socket.DatagramUnicastInetTest;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vexor.netty.LeakCheck;
import org.vexor.packet.EngineOptions;

/// Every datagram test of Netty's own test-suite, on one backend.
@ExtendWith(LeakCheck.Extension.class)
abstract class DatagramSuite {
  static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(256, 64);

  private static final String LINK_LOCAL =
      "it binds an interface's first address, which is link-local; Endpoint carries no scope";

  private Loops servers;
  private Loops clients;

  /// The loops of servers and, unless [#clients] says otherwise, of clients.
  abstract Loops servers();

  /// The loops of clients.
  Loops clients(Loops ofServers) {
    return ofServers;
  }

  /// An address that the test's own sockets, which are clients, can bind for one that it names.
  SocketAddress reachable(SocketAddress named) {
    return named;
  }

  /// Tests that cannot apply to this backend, as `Class` or `Class.method`, each with its reason.
  Map<String, String> inapplicable() {
    return Map.of("MulticastIpv6", LINK_LOCAL);
  }

  @BeforeEach
  void openLoops(TestInfo test) {
    String type = test.getTestClass().orElseThrow().getSimpleName();
    String name = type + "." + test.getTestMethod().orElseThrow().getName();
    Map<String, String> reasons = inapplicable();
    String reason = reasons.getOrDefault(type, reasons.get(name));
    assumeTrue(reason == null, () -> name + " cannot apply: " + reason);
    servers = servers();
    clients = clients(servers);
  }

  @AfterEach
  void closeLoops() {
    if (servers != null) {
      servers.close();
    }
    if (clients != null && clients != servers) {
      clients.close();
    }
  }

  /// A server that a test of its own may bind.
  Bootstrap server() {
    return servers.bootstrap();
  }

  private List<BootstrapFactory<Bootstrap>> one() {
    return List.of(clients::bootstrap);
  }

  private List<BootstrapComboFactory<Bootstrap, Bootstrap>> pair() {
    return List.of(
        new BootstrapComboFactory<>() {
          @Override
          public Bootstrap newServerInstance() {
            return servers.bootstrap();
          }

          @Override
          public Bootstrap newClientInstance() {
            return clients.bootstrap();
          }
        });
  }

  @Nested
  class Unicast extends DatagramUnicastInetTest {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return pair();
    }

    @Override
    protected SocketAddress newSocketAddress() {
      return reachable(super.newSocketAddress());
    }
  }

  @Nested
  class UnicastIpv6 extends DatagramUnicastIPv6Test {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return pair();
    }

    @Override
    protected SocketAddress newSocketAddress() {
      return reachable(super.newSocketAddress());
    }
  }

  @Nested
  class UnicastWildcard extends DatagramUnicastIPv6MappedTest {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return pair();
    }
  }

  @Nested
  class Multicast extends DatagramMulticastTest {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return pair();
    }
  }

  @Nested
  class MulticastIpv6 extends DatagramMulticastIPv6Test {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return pair();
    }
  }

  @Nested
  class ConnectNotExists extends DatagramConnectNotExistsTest {
    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
      return one();
    }
  }

  @Nested
  class ConnectedWriteException extends DatagramConnectedWriteExceptionTest {
    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
      return one();
    }
  }
}
