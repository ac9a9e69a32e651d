package org.vexor.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class EndpointTest {
  @Test
  void readsBothFamilies() {
    assertEquals("127.0.0.1:9004", Endpoint.parse("127.0.0.1:9004").toString());
    assertEquals(Endpoint.loopback(9004), Endpoint.parse("127.0.0.1:9004"));
    assertFalse(Endpoint.parse("[::1]:8001").isIpv4());
    assertEquals(1, Endpoint.parse("[::1]:8001").low());
    assertTrue(Endpoint.parse("0.0.0.0:1").isAnyLocal());
    assertTrue(Endpoint.parse("[::]:1").isAnyLocal());
  }

  @Test
  void refusesWhatIsNoAddressAndPort() {
    for (String text :
        new String[] {"", ":", "1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:-1", "1.2.3.4:x"}) {
      assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text), text);
    }
  }

  @Property(tries = 200)
  void printedFormReadsBack(
      @ForAll long high, @ForAll long low, @ForAll @IntRange(min = 0, max = 65535) int port) {
    var v6 = new Endpoint(high, low, port);
    assertEquals(v6, Endpoint.parse(v6.toString()));
    assertEquals(v6, Endpoint.of(v6.toSocketAddress()));
    var v4 = new Endpoint(0, Endpoint.ipv4Low((int) low), port);
    assertEquals(v4, Endpoint.parse(v4.toString()));
  }

  @FuzzTest
  void anyTextIsReadOrRefused(byte[] data) {
    String text = "[" + new String(data, StandardCharsets.ISO_8859_1).replace("]", "") + "]:1";
    if (!text.contains(":")) {
      return;
    }
    try {
      Endpoint endpoint = Endpoint.parse(text.replaceAll("[^0-9a-f:.\\[\\]]", ""));
      assertEquals(endpoint, Endpoint.parse(endpoint.toString()));
    } catch (IllegalArgumentException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
  }
}
