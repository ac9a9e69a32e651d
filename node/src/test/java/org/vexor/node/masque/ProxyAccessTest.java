package org.vexor.node.masque;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.client.Credentials;
import org.vexor.masque.http.HttpVersion;
import org.vexor.node.config.ConfigException;
import org.vexor.quic.tls.PeerTrust;

final class ProxyAccessTest {
  private static final String SECRET = "hunter2";

  @TempDir private Path folder;

  private static ProxyAccess access(String key, String auth, List<String> http) {
    return new ProxyAccess(
        "proxy.example:4443",
        Optional.empty(),
        Optional.of(key).filter(text -> !text.isEmpty()),
        Optional.of(auth).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        http);
  }

  private static Credentials credentials(String auth) throws ConfigException {
    return access("", auth, List.of()).options().credentials();
  }

  @Test
  void aHostAndAPortAreEnough() throws Exception {
    ClientOptions options = ProxyAccess.of("proxy.example:4443").options();
    assertEquals("proxy.example", options.template().host());
    assertEquals(4443, options.template().port());
    assertEquals(List.of(HttpVersion.values()), options.versions());
    assertEquals(443, ProxyAccess.of("https://proxy.example").options().template().port());
  }

  @Test
  void credentialsComeFromTheCommandLineOrAProxysFile() throws Exception {
    var bob = new Credentials.Basic("bob", SECRET + ":x");
    assertEquals(bob, credentials("bob:" + SECRET + ":x"));
    assertEquals(new Credentials.Bearer(SECRET), credentials("bearer:" + SECRET));
    Path file = folder.resolve("auth");
    Files.writeString(file, "# mine\n\n  basic bob " + SECRET + ":x\nbasic eve other\n");
    assertEquals(bob, credentials(file.toString()));
    Files.writeString(file, "bearer node " + SECRET + "\n");
    assertEquals(new Credentials.Bearer(SECRET), credentials(file.toString()));
  }

  @Test
  void noMistakeTellsASecret() throws Exception {
    Path file = Files.writeString(folder.resolve("auth"), "token node " + SECRET + "\n");
    Path empty = Files.writeString(folder.resolve("empty"), "# nobody\n");
    for (String wrong :
        List.of(
            SECRET, "bearer:" + SECRET + " x", SECRET + "\0", file.toString(), empty.toString())) {
      String message = assertThrows(ConfigException.class, () -> credentials(wrong)).toString();
      assertFalse(message.contains(SECRET), message);
      assertEquals(1, message.lines().count(), message);
    }
    assertFalse(access("", "bob:" + SECRET, List.of()).toString().contains(SECRET));
    assertFalse(credentials("bob:" + SECRET).toString().contains(SECRET));
  }

  @Test
  void aPinnedKeyNeedsNoAuthority() throws Exception {
    var options = access("ab".repeat(32), "", List.of("2", "3")).options();
    assertInstanceOf(PeerTrust.PinnedKey.class, options.tls().trust());
    assertEquals(List.of(HttpVersion.HTTP_3, HttpVersion.HTTP_2), options.versions());
  }

  @Test
  void whatIsWrongIsSaid() {
    for (ProxyAccess wrong :
        List.of(
            ProxyAccess.of("http://proxy.example"),
            ProxyAccess.of("proxy.example:0"),
            access("abcd", "", List.of()),
            access("", "", List.of("4")))) {
      String said =
          String.valueOf(assertThrows(ConfigException.class, wrong::options).getMessage());
      assertTrue(said.length() > 20, said);
    }
  }
}
