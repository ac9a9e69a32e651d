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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vexor.netty.LeakCheck;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;

/// Every datagram test of Netty's own test-suite but those for native transports' extras, on one
/// backend.
@ExtendWith(LeakCheck.Extension.class)
abstract class DatagramSuite {
  static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(256, 64);

  private static final String LINK_LOCAL =
      "it binds an interface's first address, which is link-local; Endpoint carries no scope";

  private Loops loops;

  abstract PacketEngine engine();

  /// Tests that cannot apply to this backend, as `Class` or `Class.method`, each with its reason.
  Map<String, String> inapplicable() {
    return Map.of("MulticastIpv6", LINK_LOCAL);
  }

  @BeforeEach
  void assumeApplicable(TestInfo test) {
    String type = test.getTestClass().orElseThrow().getSimpleName();
    String name = type + "." + test.getTestMethod().orElseThrow().getName();
    Map<String, String> reasons = inapplicable();
    String reason = reasons.getOrDefault(type, reasons.get(name));
    assumeTrue(reason == null, () -> name + " cannot apply: " + reason);
  }

  @BeforeEach
  void openLoops() {
    loops = new Loops(this::engine);
  }

  @AfterEach
  void closeLoops() {
    if (loops != null) {
      loops.close();
    }
  }

  @Nested
  class Unicast extends DatagramUnicastInetTest {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return loops.pair();
    }
  }

  @Nested
  class UnicastIpv6 extends DatagramUnicastIPv6Test {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return loops.pair();
    }
  }

  @Nested
  class UnicastWildcard extends DatagramUnicastIPv6MappedTest {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return loops.pair();
    }
  }

  @Nested
  class Multicast extends DatagramMulticastTest {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return loops.pair();
    }
  }

  @Nested
  class MulticastIpv6 extends DatagramMulticastIPv6Test {
    @Override
    protected List<BootstrapComboFactory<Bootstrap, Bootstrap>> newFactories() {
      return loops.pair();
    }
  }

  @Nested
  class ConnectNotExists extends DatagramConnectNotExistsTest {
    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
      return loops.one();
    }
  }

  @Nested
  class ConnectedWriteException extends DatagramConnectedWriteExceptionTest {
    @Override
    protected List<BootstrapFactory<Bootstrap>> newFactories() {
      return loops.one();
    }
  }
}
