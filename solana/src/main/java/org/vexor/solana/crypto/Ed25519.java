package org.vexor.solana.crypto;

/// Facts of the Ed25519 in use.
public final class Ed25519 {
  private Ed25519() {}

  /// Which library computes, and why this one.
  public static String providerName() {
    return Ed25519Provider.best().name();
  }
}
