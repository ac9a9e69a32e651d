package org.vexor.turbine.tvu;

/// How a receiver's stages are spread over threads; the words are Aeron's.
public enum ThreadingMode {
  /// All on one.
  SHARED,
  /// Reception and filter on one, verification and assembly on another: a burst that takes long to
  /// verify waits in frames of ours, which are many, instead of the kernel's buffers.
  DEDICATED
}
