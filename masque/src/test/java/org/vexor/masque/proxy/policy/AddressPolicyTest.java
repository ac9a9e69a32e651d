package org.vexor.masque.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPolicyTest {
  private static final AddressPolicy BARE = new AddressPolicy(List.of(), List.of(), Set.of());

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }

  private static boolean allowed(AddressPolicy policy, String literal, int port) {
    return policy.judge(address(literal), port) instanceof Verdict.Allowed;
  }

  /// One address of each denied IPv4 range, its first or last.
  private static final List<String> DENIED =
      List.of(
          "0.0.0.0",
          "0.255.255.255",
          "10.0.0.1",
          "10.255.255.255",
          "100.64.0.1",
          "100.127.255.255",
          "127.0.0.1",
          "127.255.255.254",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.0.0.1",
          "192.0.2.1",
          "192.168.0.1",
          "192.168.255.255",
          "198.18.0.1",
          "198.19.255.255",
          "198.51.100.7",
          "203.0.113.7",
          "224.0.0.1",
          "239.255.255.255",
          "240.0.0.1",
          "255.255.255.255");

  private static final List<String> ALLOWED =
      List.of(
          "1.1.1.1",
          "8.8.8.8",
          "9.255.255.255",
          "11.0.0.0",
          "100.63.255.255",
          "100.128.0.0",
          "126.255.255.255",
          "128.0.0.0",
          "169.253.255.255",
          "172.15.255.255",
          "172.32.0.0",
          "192.0.1.0",
          "192.167.255.255",
          "192.169.0.0",
          "198.17.255.255",
          "198.20.0.0",
          "223.255.255.255");

  @Test
  void deniesSpecialIpv4RangesAndNothingBesideThem() {
    DENIED.forEach(each -> assertTrue(!allowed(BARE, each, 53), each));
    ALLOWED.forEach(each -> assertTrue(allowed(BARE, each, 53), each));
  }

  private static InetAddress inside(String prefix, int at, String ipv4, boolean inverted) {
    byte[] bytes = address(prefix).getAddress();
    byte[] inner = address(ipv4).getAddress();
    for (int i = 0; i < inner.length; i++) {
      bytes[at + i] = (byte) (inverted ? ~inner[i] : inner[i]);
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void deniesThemInEveryIpv6Form() {
    for (String each : DENIED) {
      List<InetAddress> forms =
          List.of(
              inside("2002::1", 2, each, false),
              inside("64:ff9b::", 12, each, false),
              inside("64:ff9b:1::", 12, each, false),
              inside("2001:0:808:808::", 12, each, true),
              inside("2001::f7f7:f7f7", 4, each, false),
              inside("::ffff:0:0:0", 12, each, false),
              inside("2600::5efe:0:0", 12, each, false),
              inside("2600::200:5efe:0:0", 12, each, false));
      for (InetAddress form : forms) {
        assertInstanceOf(Verdict.Denied.class, BARE.judge(form, 53), each + " as " + form);
      }
      ByteBuffer compatible = ByteBuffer.allocate(16).put(12, address(each).getAddress());
      try {
        assertInstanceOf(
            Verdict.Denied.class,
            BARE.judge(InetAddress.getByAddress(compatible.array()), 53),
            each);
      } catch (UnknownHostException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void mappedAddressesAreTheIpv4OnesTheyMean() {
    DENIED.forEach(each -> assertTrue(!allowed(BARE, "::ffff:" + each, 53), each));
    ALLOWED.forEach(each -> assertTrue(allowed(BARE, "::ffff:" + each, 53), each));
  }

  @Test
  void translatorsOfPublicAddressesAreAllowed() {
    assertEquals(new Verdict.Allowed(), BARE.judge(inside("64:ff9b::", 12, "8.8.8.8", false), 53));
    assertEquals(new Verdict.Allowed(), BARE.judge(inside("2002::1", 2, "8.8.8.8", false), 53));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "2001:2::1",
        "2001:10::1",
        "2001:1ff::1",
        "5f00::1",
        "4000::1",
        "1::1",
        "64:ff9b:1::808:808"
      })
  void deniesSpecialIpv6Ranges(String literal) {
    assertInstanceOf(Verdict.Denied.class, BARE.judge(address(literal), 53));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2606:4700:4700::1111", "2a00:1450::1", "2001:4860:4860::8888"})
  void allowsGlobalUnicast(String literal) {
    assertEquals(new Verdict.Allowed(), BARE.judge(address(literal), 53));
  }

  @Property
  void noIpv6AddressOutsideGlobalUnicastAndTranslationIsAllowed(@ForAll @Size(16) byte[] bytes)
      throws UnknownHostException {
    InetAddress any = InetAddress.getByAddress(bytes);
    boolean global = (bytes[0] & 0xe0) == 0x20;
    if (any.getAddress().length == 16 && !global) {
      boolean translation = (bytes[0] == 0 && bytes[1] == 0x64);
      assertTrue(translation || BARE.judge(any, 1) instanceof Verdict.Denied);
    }
  }

  @Test
  void ownAddressesAreDenied() {
    var policy = new AddressPolicy(List.of(), List.of(), Set.of(address("9.9.9.9")));
    assertEquals(new Verdict.Denied("the proxy's own"), policy.judge(address("9.9.9.9"), 53));
    assertTrue(allowed(policy, "9.9.9.8", 53));
    assertTrue(AddressPolicy.ownAddresses().contains(address("127.0.0.1")));
  }

  @Test
  void allowListOverridesByNetworkAndPortAndDenyListOverridesAll() {
    var policy =
        new AddressPolicy(
            List.of(Rule.parse("10.0.0.0/8:53,8000-8999"), Rule.parse("[fd00::/8]:443")),
            List.of(Rule.parse("10.1.0.0/16"), Rule.parse("*:25"), Rule.parse("8.8.0.0/16")),
            Set.of());
    assertTrue(allowed(policy, "10.0.0.1", 53));
    assertTrue(allowed(policy, "10.0.0.1", 8500));
    assertTrue(!allowed(policy, "10.0.0.1", 54));
    assertTrue(!allowed(policy, "10.1.0.1", 53), "denied explicitly");
    assertTrue(allowed(policy, "fd00::1", 443));
    assertTrue(!allowed(policy, "fd00::1", 444));
    assertTrue(!allowed(policy, "1.1.1.1", 25));
    assertTrue(!allowed(policy, "2606:4700:4700::1111", 25));
    assertTrue(!allowed(policy, "8.8.8.8", 53));
    assertInstanceOf(
        Verdict.Denied.class,
        policy.judge(inside("64:ff9b::", 12, "8.8.8.8", false), 53),
        "an IPv4 rule holds in IPv6 forms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.0/8           | 10.0.0.0/8
          10.0.0.1             | 10.0.0.1/32
          10.0.0.0/8:53        | 10.0.0.0/8:53
          10.0.0.0/8:1-65535   | 10.0.0.0/8:1-65535
          2001:db8::/32        | 2001:db8:0:0:0:0:0:0/32
          [2001:db8::/32]      | 2001:db8:0:0:0:0:0:0/32
          [2001:db8::/32]:443  | [2001:db8:0:0:0:0:0:0/32]:443
          *:25,80              | *:25,80
          *                    | *
          0.0.0.0/0            | 0.0.0.0/0
          """)
  void rulesAreReadAndPrinted(String text, String printed) {
    assertEquals(printed, Rule.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10/8",
        "010.0.0.0/8",
        "localhost",
        "10.0.0.0/8:",
        "10.0.0.0/8:0",
        "10.0.0.0/8:65536",
        "10.0.0.0/8:9-8",
        "10.0.0.0/8:x",
        "::1%lo",
        "[::1",
        "[::1]x",
        "2001:db8::/129",
        "fe80::1/10",
        ":53",
        "*:"
      })
  void whatIsNoRuleIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Rule.parse(text));
  }
}
