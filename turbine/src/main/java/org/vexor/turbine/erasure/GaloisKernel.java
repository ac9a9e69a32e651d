package org.vexor.turbine.erasure;

/// The inner loop: sums of shards times constants. An instance has scratch memory and one owner.
interface GaloisKernel {
  /// What this kernel computes with, for reports.
  String name();

  /// Writes to every output the sum over all inputs of input times coefficient.
  ///
  /// @param coefficients row by row, one row of `inputs.count()` per output
  /// @param length bytes of each shard
  void combine(byte[] coefficients, ShardList inputs, ShardList outputs, int length);

  /// The fastest kernel this JVM can run: vectors if the incubator module was resolved at start
  /// (`--add-modules jdk.incubator.vector`), else table look-up.
  static GaloisKernel best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new ScalarKernel();
    }
    try {
      // By name, so that no class of this package needs the incubator module to link.
      return Class.forName("org.vexor.turbine.erasure.VectorKernel")
          .asSubclass(GaloisKernel.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the vector kernel is missing from this build of org.vexor.turbine.erasure", e);
    }
  }
}
