package org.vexor.masque.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldsTest {
  @ParameterizedTest
  @CsvSource({
    "?1, true",
    "?0, false",
    "?1;a=1, true",
    "' ?1 ', true",
    "1, false",
    "true, false",
    "'\"?1\"', false",
    "?2, false",
    "'?1, ?1', false",
    "'', false",
    "'?1;', false"
  })
  void capsuleProtocolIsABooleanOrAbsent(String value, boolean set) {
    assertEquals(set, CapsuleProtocol.isSet(List.of(value)));
  }

  @Test
  void aRepeatedCapsuleProtocolCountsAsAbsent() {
    assertFalse(CapsuleProtocol.isSet(List.of("?1", "?1")));
    assertFalse(CapsuleProtocol.isSet(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-15",
        "999999999999999",
        "4.5",
        "-0.125",
        "\"a \\\" \\\\ b\"",
        "token/1*:x",
        "*t",
        ":aGVsbG8=:",
        "?0",
        "a;b;c=1;d=\"x\";e=?0"
      })
  void itemsComeBackAsTheyWere(String text) {
    assertEquals(text, StructuredFields.item(text).orElseThrow().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000000000",
        "1.",
        "1.2345",
        "1234567890123.1",
        "-",
        "\"a",
        "\"\\x\"",
        "\"\u00e9\"",
        ":a",
        ":\u00e9:",
        "?",
        "(a b)",
        "a;A=1",
        "a;=1",
        "a b",
        "@1659578233",
        "\""
      })
  void refusesWhatIsNoItem(String text) {
    assertEquals(Optional.empty(), StructuredFields.item(text));
  }

  @Test
  void listsHaveNoTrailingComma() {
    assertEquals(3, StructuredFields.list("a, \"b\"\t,\t1;x").orElseThrow().size());
    assertEquals(0, StructuredFields.list("").orElseThrow().size());
    assertTrue(StructuredFields.list("a,").isEmpty());
    assertTrue(StructuredFields.list("a,,b").isEmpty());
    assertTrue(StructuredFields.list("a b").isEmpty());
  }

  @Test
  void readsProxyStatusOfSeveralProxies() {
    List<ProxyStatus> said =
        ProxyStatus.parse(
            List.of(
                "origin.example; error=dns_error; rcode=\"NXDOMAIN\"; info-code=1",
                "\"proxy b\"; next-hop=\"192.0.2.1:443\"; received-status=503; details=\"x, \\\"y\\\"\""));
    assertEquals(2, said.size());
    assertEquals("origin.example", said.getFirst().proxy());
    assertEquals(Optional.of("dns_error"), said.getFirst().error());
    assertEquals(Optional.of("NXDOMAIN"), said.getFirst().rcode());
    assertEquals(Optional.of("192.0.2.1:443"), said.getLast().nextHop());
    assertEquals(Optional.of(503), said.getLast().receivedStatus());
    assertEquals(Optional.of("x, \"y\""), said.getLast().details());
    assertEquals(List.of(), ProxyStatus.parse(List.of("a; error=")));
  }

  @Test
  void everyErrorHasAStatusAndItsName() {
    for (ProxyError error : ProxyError.values()) {
      assertEquals(Optional.of(error), ProxyError.of(error.token()));
      assertTrue(error.status() >= 400 && error.status() <= 599);
    }
    assertEquals(Optional.empty(), ProxyError.of("other"));
  }

  @Property(tries = 300)
  void whatAProxySaysComesBack(
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 40) String details,
      @ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 40) String hop) {
    ProxyStatus said =
        new ProxyStatus(
            "vexor",
            Optional.of(ProxyError.DNS_TIMEOUT.token()),
            Optional.of(hop),
            Optional.of(504),
            Optional.of("SERVFAIL"),
            Optional.of(details));
    assertEquals(List.of(said), ProxyStatus.parse(List.of(said.format())));
  }

  @Test
  void charactersThatCannotBeCarriedAreReplaced() {
    assertEquals(
        "\"vexor\";error=dns_error;details=\"a?b?\"",
        ProxyStatus.failure("vexor", ProxyError.DNS_ERROR, "a\nb\u00e9").format());
  }

  @FuzzTest(maxDuration = "30s")
  void neverThrows(byte[] bytes) {
    if (bytes == null) {
      return;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    ProxyStatus.parse(List.of(text)).forEach(ProxyStatus::format);
    StructuredFields.item(text)
        .ifPresent(item -> assertEquals(Optional.of(item), StructuredFields.item(item.toString())));
    CapsuleProtocol.isSet(List.of(text));
  }
}
