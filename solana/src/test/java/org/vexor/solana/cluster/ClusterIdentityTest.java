package org.vexor.solana.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.testkit.Fixtures;

final class ClusterIdentityTest {
  @Test
  void genesisOfDevnetHasItsHashAndVersion() throws IOException {
    Hash hash = GenesisHash.of(Fixtures.solana("sig/devnet_genesis.bin"));
    assertEquals(hash, GenesisHash.of(Fixtures.solanaBytes("sig/devnet_genesis.bin")));
    assertEquals("EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG", hash.toString());
    assertEquals(23305, ShredVersion.of(hash, List.of()));
  }

  @Test
  void versionsOfThePublicClusters() {
    assertEquals(54208, version("5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d"));
    assertEquals(16135, version("4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY"));
  }

  @Test
  void hardForksChangeTheVersion() {
    assertEquals(1, ShredVersion.of(Hash.ZERO, List.of()));
    assertEquals(55551, ShredVersion.of(Hash.ZERO, List.of(new HardFork(1, 1))));
  }

  @Test
  void versionNeverWrapsToZero() {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) 0xff;
    bytes[31] = (byte) 0xff;
    assertEquals(0xffff, ShredVersion.of(Hash.of(bytes), List.of()));
  }

  private static int version(String genesis) {
    return ShredVersion.of(Hash.fromBase58(genesis), List.of());
  }
}
