package org.vexor.solana.crypto;

/// Facts of the Ed25519 in use.
public final class Ed25519 {
  private Ed25519() {}

  /// Which library computes, and why this one.
  public static String providerName() {
    return Ed25519Provider.best().name();
  }

  /// Whether [Ed25519Verifier#verifyMany] judges several at once by now. It may begin to do so some
  /// seconds after it was first asked, or never.
  public static boolean judgesSeveralAtOnce() {
    return LanesTrial.ofProcess().isPassed();
  }
}
