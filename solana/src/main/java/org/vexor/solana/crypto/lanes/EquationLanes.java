package org.vexor.solana.crypto.lanes;

import java.util.Optional;

/// Checks the equation of Ed25519, R = s B - h A, for several signatures at once, each by itself: a
/// lane's answer does not depend on what is in the others. Owned by one thread.
public interface EquationLanes {
  /// Those of this JVM: none unless the incubator module was resolved at start (`--add-modules
  /// jdk.incubator.vector`) and the machine multiplies eight words at a time. With four, as AVX2
  /// has them, one signature after another in native code is as fast.
  static Optional<EquationLanes> open() {
    return open(8);
  }

  /// Those with so many lanes at least.
  static Optional<EquationLanes> open(int leastLanes) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.empty();
    }
    try {
      // By name, so that no other class needs the incubator module to link.
      EquationLanes lanes =
          Class.forName("org.vexor.solana.crypto.lanes.VectorEquation")
              .asSubclass(EquationLanes.class)
              .getDeclaredConstructor()
              .newInstance();
      return lanes.width() >= leastLanes ? Optional.of(lanes) : Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a class of this module is not there", e);
    }
  }

  /// How many lanes there are.
  int width();

  /// Puts a signature into a lane, and what is needed to judge it.
  ///
  /// @param hash SHA-512 of R, key and message: 64 bytes
  /// @param signature R and s at `signatureOffset`; s is below the order of the group
  /// @param key at `keyOffset`, with y below the prime and neither 1 nor -1
  void load(
      int lane, byte[] hash, byte[] signature, int signatureOffset, byte[] key, int keyOffset);

  /// Checks what was loaded; lanes that were not may say anything.
  ///
  /// @return bit i for lane i: the key is a point of the curve, and R is to the letter what the
  ///   equation gives
  int check();
}
