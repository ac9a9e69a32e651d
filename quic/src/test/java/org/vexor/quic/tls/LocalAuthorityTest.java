package org.vexor.quic.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalAuthorityTest {
  private static final int BASIC_CONSTRAINT_NONE = -1;

  @TempDir private Path folder;

  @Test
  void signsACertificateThatNamesItsServer() throws Exception {
    LocalAuthority made =
        LocalAuthority.create(
            List.of("localhost"),
            List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")),
            Instant.now(),
            new SecureRandom());
    X509Certificate server = made.server().certificates().getFirst();
    server.verify(made.authority().getPublicKey());
    made.authority().verify(made.authority().getPublicKey());
    server.checkValidity();
    assertEquals(made.authority().getSubjectX500Principal(), server.getIssuerX500Principal());
    assertEquals(BASIC_CONSTRAINT_NONE, server.getBasicConstraints());
    assertTrue(made.authority().getBasicConstraints() >= 0);
    List<Object> names =
        server.getSubjectAlternativeNames().stream().<Object>map(each -> each.get(1)).toList();
    assertEquals(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), names);
  }

  @Test
  void comesBackAsItWasSaved() throws Exception {
    assertEquals(Optional.empty(), LocalAuthority.load(folder));
    LocalAuthority made =
        LocalAuthority.create(List.of("a"), List.of(), Instant.now(), new SecureRandom());
    made.save(folder);
    LocalAuthority again = LocalAuthority.load(folder).orElseThrow();
    assertEquals(made.authority(), again.authority());
    assertEquals(made.server().certificates(), again.server().certificates());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))));
  }
}
