package org.vexor.masque.uri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UdpTargetTest {
  private static UdpTarget valid(String host, String port) {
    return assertInstanceOf(UdpTarget.Parsed.Valid.class, UdpTarget.parse(host, port)).target();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, /192.0.2.1",
    "255.255.255.255, /255.255.255.255",
    "2001:db8::1, /2001:db8:0:0:0:0:0:1",
    "::, /0:0:0:0:0:0:0:0",
    "::ffff:127.0.0.1, /127.0.0.1"
  })
  void readsAddresses(String host, String address) {
    assertEquals(address, valid(host, "53").address().orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "example.com.", "localhost", "a_b.c", "x1.2y", "a"})
  void readsNamesAndResolvesNone(String host) {
    assertEquals(Optional.empty(), valid(host, "53").address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "-a.b",
        "127.1",
        "2130706433",
        "0x7f000001",
        "127.0.0.0x1",
        "0177.0.0.1",
        "127.0.0.01",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.4.",
        "fe80::1%eth0",
        "fe80::1%25eth0",
        "[::1]",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "a b",
        "a\u0000b",
        "a\r\nb",
        "a/b",
        "a%41",
        "b\u00fccher.example",
        "\u0661.2.3.4"
      })
  void refusesOtherHosts(String host) {
    assertInstanceOf(UdpTarget.Parsed.Invalid.class, UdpTarget.parse(host, "53"), host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "65536", "99999", "100000", "abc", "+53", "-1", "053", " 53", "\u0665"})
  void refusesOtherPorts(String port) {
    assertInstanceOf(UdpTarget.Parsed.Invalid.class, UdpTarget.parse("a", port), port);
  }

  @Test
  void limitsTheLengthOfNames() {
    String label = "a".repeat(63);
    assertEquals(Optional.empty(), valid(label, "1").address());
    assertInstanceOf(UdpTarget.Parsed.Invalid.class, UdpTarget.parse(label + "a", "1"));
    String longest = (label + ".").repeat(3) + "a".repeat(61);
    assertEquals(longest, valid(longest, "65535").host());
    assertInstanceOf(UdpTarget.Parsed.Invalid.class, UdpTarget.parse(longest + "a", "1"));
  }

  @Test
  void readsWhatUsersWrite() throws Exception {
    assertEquals("[::1]:53", UdpTarget.of("[::1]:53").toString());
    assertEquals("example.com:53", UdpTarget.of("example.com:53").toString());
    assertEquals("192.0.2.1:53", UdpTarget.of(InetAddress.getByName("192.0.2.1"), 53).toString());
    for (String wrong : new String[] {"example.com", "::1:53", ":53", "a:b", "1.2.3:53"}) {
      String message =
          String.valueOf(
              assertThrows(IllegalArgumentException.class, () -> UdpTarget.of(wrong)).getMessage());
      assertTrue(message.contains(wrong), message);
    }
  }
}
