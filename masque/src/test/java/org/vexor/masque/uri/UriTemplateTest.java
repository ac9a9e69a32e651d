package org.vexor.masque.uri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UriTemplateTest {
  private static final UriTemplate DEFAULT = UriTemplate.ofProxy("https://proxy.example:4443");

  @Test
  void aUrlWithoutAPathStandsForTheDefault() {
    assertEquals(
        "https://proxy.example:4443/.well-known/masque/udp/{target_host}/{target_port}/",
        DEFAULT.toString());
    assertEquals(DEFAULT, UriTemplate.ofProxy("https://proxy.example:4443/"));
    assertEquals("proxy.example", DEFAULT.host());
    assertEquals(4443, DEFAULT.port());
    assertEquals("proxy.example:4443", DEFAULT.authority());
    UriTemplate v6 = UriTemplate.ofProxy("https://[2001:db8::1]");
    assertEquals("2001:db8::1", v6.host());
    assertEquals(443, v6.port());
    assertEquals("[2001:db8::1]", v6.authority());
  }

  @ParameterizedTest
  @CsvSource({
    "https://p/{target_host}/{target_port}/, 192.0.2.6:443, /192.0.2.6/443/",
    "https://p/{target_host}/{target_port}/, [2001:db8::42]:443, /2001%3Adb8%3A%3A42/443/",
    "'https://p/m?h={target_host}&p={target_port}', example.com:53, '/m?h=example.com&p=53'",
    "'https://p/m{?target_host,target_port}', example.com:53, '/m?target_host=example.com&target_port=53'",
    "'https://p/m?a=1{&target_port,target_host}', [::1]:53, '/m?a=1&target_port=53&target_host=%3A%3A1'",
    "'https://p/x/{target_host,target_port}/y', example.com:53, '/x/example.com,53/y'"
  })
  void expandsAndMatches(String template, String target, String path) {
    UriTemplate parsed = UriTemplate.parse(template);
    UdpTarget to = UdpTarget.of(target);
    assertEquals(path, parsed.path(to));
    assertEquals(
        Optional.of(Map.of("target_host", to.host(), "target_port", Integer.toString(to.port()))),
        parsed.match(path));
  }

  @Test
  void aQueryExpressionMatchesInAnyOrder() {
    UriTemplate template = UriTemplate.parse("https://p/m{?target_host,target_port}");
    assertTrue(template.match("/m?target_port=53&target_host=a").isPresent());
    assertTrue(template.match("/m?target_port=53&target_port=54").isEmpty());
    assertTrue(template.match("/m?target_port=53").isEmpty());
    assertTrue(template.match("/m?target_port=53&other=54").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/masque/udp/a/1",
        "/.well-known/masque/udp/a/1/x",
        "/.well-known/masque/udp/a/b/1/",
        "/.well-known/masque/udp/%zz/1/",
        "/.well-known/masque/udp/%4/1/",
        "/.well-known/masque/udp/%ff%fe/1/",
        "/.well-known/masque/udp/::1/1/",
        "/",
        ""
      })
  void otherPathsDoNotMatch(String path) {
    assertTrue(DEFAULT.match(path).isEmpty(), path);
  }

  @Test
  void decodesOnce() {
    assertEquals(
        Optional.of(Map.of("target_host", "%41", "target_port", "1")),
        DEFAULT.match("/.well-known/masque/udp/%2541/1/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://p/{target_host}/{target_port}/",
        "https://p{target_host}/{target_port}/",
        "https://p",
        "https://p/{target_host}/",
        "https://p/{target_host}/{target_port}/{other}",
        "https://p/{+target_host}/{target_port}/",
        "https://p/{#target_host}/{target_port}/",
        "https://p/{.target_host}/{target_port}/",
        "https://p/{/target_host}/{target_port}/",
        "https://p/{;target_host}/{target_port}/",
        "https://p/{target_host:3}/{target_port}/",
        "https://p/{target_host*}/{target_port}/",
        "https://p/{target_host}{target_port}/",
        "https://p/{target_host}/{target_port",
        "https://p/}{target_host}/{target_port}",
        "https://p/{target_host}/{target_port}/#x",
        "https://p/{target_host}/{target_port}/ ",
        "https://p/\u00e9/{target_host}/{target_port}/",
        "https://user@p/{target_host}/{target_port}/",
        "https://p:99999/{target_host}/{target_port}/",
        "https:///{target_host}/{target_port}/"
      })
  void refusesTemplatesThatTheRfcForbids(String template) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> UriTemplate.parse(template))
                .getMessage());
    assertTrue(message.contains(template), message);
  }

  @Property
  void everyTextComesBackFromItsEncoding(@ForAll String text) {
    String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(Optional.of(valid), PercentCoding.decode(PercentCoding.encode(valid)));
  }

  @FuzzTest(maxDuration = "30s")
  void matchingNeverThrows(byte[] bytes) {
    if (bytes == null) {
      return;
    }
    String path = new String(bytes, StandardCharsets.ISO_8859_1);
    for (UriTemplate template :
        new UriTemplate[] {DEFAULT, UriTemplate.parse("https://p/m{?target_host,target_port}")}) {
      template
          .match(path)
          .ifPresent(
              values ->
                  UdpTarget.parse(
                      values.getOrDefault("target_host", ""),
                      values.getOrDefault("target_port", "")));
    }
    String rest = path.isEmpty() ? "" : path.substring(path.length() / 2);
    UdpTarget.parse(path.substring(0, path.length() / 2), rest);
  }
}
