package org.vexor.turbine.erasure;

/// Encoder and decoder of FEC sets of up to 67 data and 67 code shards. Not thread-safe: it has
/// scratch memory and one owner. Nothing is allocated after construction.
public final class ReedSolomon {
  /// Most data shards of a set; live sets have 32, those of old clusters up to 67.
  public static final int MAX_DATA = 67;

  /// Most code shards of a set.
  public static final int MAX_CODE = 67;

  static final int MAX_SHARDS = MAX_DATA + MAX_CODE;

  private final GaloisKernel kernel;
  private final Interpolation interpolation = new Interpolation();
  private final ShardList inputs = new ShardList(MAX_DATA);
  private final ShardList outputs = new ShardList(MAX_SHARDS);
  private final int[] from = new int[MAX_DATA];
  private final int[] to = new int[MAX_SHARDS];

  /// A codec with the fastest kernel of this JVM.
  public ReedSolomon() {
    this(GaloisKernel.best());
  }

  ReedSolomon(GaloisKernel kernel) {
    this.kernel = kernel;
  }

  /// What the arithmetic runs on, for reports: "scalar", or "vector, 256 bits".
  public String kernelName() {
    return kernel.name();
  }

  /// Computes every missing shard from the first of those present, and marks it present. To encode,
  /// have all data present and all code missing.
  ///
  /// @param length bytes of each shard
  /// @return false, with nothing touched, if fewer shards are present than the set has data
  /// @throws IndexOutOfBoundsException if a shard does not lie inside its array
  public boolean reconstruct(ShardTable shards, int length) {
    int known = 0;
    int wanted = 0;
    inputs.clear();
    outputs.clear();
    for (int shard = 0; shard < shards.shardCount(); shard++) {
      if (!shards.isPresent(shard)) {
        shards.appendTo(outputs, shard, length);
        to[wanted++] = shard;
      } else if (known < shards.dataCount()) {
        shards.appendTo(inputs, shard, length);
        from[known++] = shard;
      }
    }
    if (known < shards.dataCount()) {
      return false;
    }
    if (wanted > 0) {
      byte[] coefficients = interpolation.coefficients(from, known, to, wanted);
      kernel.combine(coefficients, inputs, outputs, length);
      for (int i = 0; i < wanted; i++) {
        shards.markPresent(to[i]);
      }
    }
    return true;
  }
}
