package org.vexor.packet.select;

import java.util.Optional;
import org.vexor.packet.Backend;

/// Which backend a program asks for.
public enum Wanted {
  /// The best that this machine and process allow.
  AUTO("auto", Optional.empty()),
  AF_XDP("af_xdp", Optional.of(Backend.AF_XDP)),
  IO_URING("io_uring", Optional.of(Backend.IO_URING)),
  UDP("udp", Optional.of(Backend.UDP));

  private final String word;
  private final Optional<Backend> backend;

  Wanted(String word, Optional<Backend> backend) {
    this.word = word;
    this.backend = backend;
  }

  /// The word for it on command lines.
  public String word() {
    return word;
  }

  /// The only one that will do; empty for [#AUTO].
  public Optional<Backend> backend() {
    return backend;
  }
}
