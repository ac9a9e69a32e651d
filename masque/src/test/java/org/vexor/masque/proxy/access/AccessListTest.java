package org.vexor.masque.proxy.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.masque.http.FieldLines;
import org.vexor.quic.tls.PeerIdentity;

final class AccessListTest {
  private static final PeerIdentity NOBODY = new PeerIdentity(List.of());

  /// `sha256sum` of `password`.
  private static final String PASSWORD_DIGEST =
      "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8";

  private static final AccessList LIST =
      AccessList.parse(
          List.of(
              "# who may",
              "",
              "basic alice correct horse battery staple",
              "basic  bob   sha256:" + PASSWORD_DIGEST,
              "bearer carol s3cr3t"),
          false);

  private static FieldLines authorization(String name, String value) {
    return FieldLines.EMPTY.with(name, value);
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Test
  void knowsUsersByEachKindOfSecret() {
    assertEquals(
        new AccessDecision.Granted("alice"),
        LIST.judge(
            authorization("Proxy-Authorization", basic("alice", "correct horse battery staple")),
            NOBODY));
    assertEquals(
        new AccessDecision.Granted("bob"),
        LIST.judge(authorization("authorization", basic("bob", "password")), NOBODY));
    assertEquals(
        new AccessDecision.Granted("carol"),
        LIST.judge(authorization("proxy-authorization", "bearer s3cr3t"), NOBODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer s3cr3",
        "Bearer",
        "Bearer ",
        "Basic !!!",
        "Basic YWxpY2U=",
        "Digest x",
        "",
        " ",
        "Bearer 5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"
      })
  void othersAreWrong(String value) {
    assertEquals(
        new AccessDecision.Wrong(),
        LIST.judge(authorization("proxy-authorization", value), NOBODY));
  }

  @Test
  void aSecretOfOneUserIsNotAnothers() {
    assertInstanceOf(
        AccessDecision.Wrong.class,
        LIST.judge(authorization("proxy-authorization", basic("alice", "password")), NOBODY));
    assertInstanceOf(
        AccessDecision.Wrong.class,
        LIST.judge(authorization("proxy-authorization", basic("carol", "s3cr3t")), NOBODY));
  }

  @Test
  void twoLinesAreAmbiguousAndNoneIsMissing() {
    FieldLines two =
        authorization("proxy-authorization", "Bearer s3cr3t")
            .with("proxy-authorization", "Bearer s3cr3t");
    assertInstanceOf(AccessDecision.Wrong.class, LIST.judge(two, NOBODY));
    assertInstanceOf(AccessDecision.Missing.class, LIST.judge(FieldLines.EMPTY, NOBODY));
  }

  @Test
  void everybodyIsLetInOnlyWhenSaidSo() {
    assertEquals(
        new AccessDecision.Granted(""), AccessList.everybody().judge(FieldLines.EMPTY, NOBODY));
    assertInstanceOf(
        AccessDecision.Missing.class,
        AccessList.parse(List.of(), false).judge(FieldLines.EMPTY, NOBODY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "basic alice",
        "digest a b",
        "basic a:b c",
        "basic x sha256:12",
        "basic x sha256:zz",
        "key n 12",
        "key n zz34567890123456789012345678901234567890123456789012345678901234"
      })
  void aLineThatIsNoneIsNamedByItsNumber(String line) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> AccessList.parse(List.of("# first", line), false));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("line 2: "), refused.getMessage());
  }

  @Test
  void secretsAreInNoMessage() {
    String secret = "sha256:topsecret";
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> AccessList.parse(List.of("basic alice " + secret), false));
    assertFalse(String.valueOf(refused.getMessage()).contains("topsecret"), refused.getMessage());
    assertEquals("BASIC a", Credential.of(Credential.Kind.BASIC, "a", "hidden").toString());
  }

  @FuzzTest(maxDuration = "30s")
  void noFieldLetsAnybodyInByChance(byte[] bytes) {
    if (bytes == null) {
      return;
    }
    String value = new String(bytes, StandardCharsets.UTF_8);
    AccessDecision decision = LIST.judge(authorization("proxy-authorization", value), NOBODY);
    assertFalse(decision instanceof AccessDecision.Missing);
  }
}
