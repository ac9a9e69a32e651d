package org.vexor.masque.front;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What SOCKS clients have to prove (RFC 1929). Printed without its secret.
public record SocksLogin(String user, String password) {
  /// Whether both are these; takes as long whatever is wrong.
  boolean isRight(String givenUser, String givenPassword) {
    boolean rightUser = equal(user, givenUser);
    boolean rightPassword = equal(password, givenPassword);
    return rightUser && rightPassword;
  }

  private static boolean equal(String own, String given) {
    return MessageDigest.isEqual(
        own.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return user;
  }
}
