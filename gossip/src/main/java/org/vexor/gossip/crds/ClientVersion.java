package org.vexor.gossip.crds;

/// What a node runs.
///
/// @param major u16
/// @param minor u16; its two highest bits mark a version before release, whose number `patch` holds
/// @param patch u16
/// @param commit first four bytes of the commit, as a number
/// @param featureSet first four bytes of the hash of all feature gates, as a number
/// @param client which implementation; see [#clientName]
public record ClientVersion(
    int major, int minor, int patch, int commit, int featureSet, int client) {
  /// What Vexor tells of itself. No client id is assigned to it, so it takes one that no other
  /// implementation uses.
  public static final ClientVersion VEXOR = new ClientVersion(0, 1, 0, 0, 0, 0x5658);

  private static final String[] CLIENTS = {
    "Solana Labs", "Jito", "Frankendancer", "Agave", "Paladin", "Firedancer", "Agave BAM", "Sig"
  };
  private static final int PRE_RELEASE_SHIFT = 14;
  private static final int MINOR_MASK = (1 << PRE_RELEASE_SHIFT) - 1;
  private static final String[] PRE_RELEASES = {"", "rc", "beta", "alpha"};

  /// The implementation's name, or its number.
  public String clientName() {
    if (client == VEXOR.client) {
      return "Vexor";
    }
    return client < CLIENTS.length ? CLIENTS[client] : "client " + client;
  }

  /// `major.minor.patch`, or `major.minor.0-beta.patch` before a release.
  public String number() {
    int stage = minor >>> PRE_RELEASE_SHIFT;
    int plain = minor & MINOR_MASK;
    return stage == 0
        ? major + "." + plain + "." + patch
        : major + "." + plain + ".0-" + PRE_RELEASES[stage] + "." + patch;
  }
}
