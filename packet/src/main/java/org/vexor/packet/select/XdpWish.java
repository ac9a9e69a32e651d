package org.vexor.packet.select;

/// How AF_XDP is to work on its device.
public enum XdpWish {
  /// What is known to be sound for the driver.
  AUTO("auto"),
  /// In the driver, before the kernel makes its own packet of it.
  NATIVE("native"),
  /// After that; on every device.
  GENERIC("generic"),
  /// In the driver, into our memory.
  ZERO_COPY("zero-copy");

  private final String word;

  XdpWish(String word) {
    this.word = word;
  }

  /// The word for it on command lines.
  public String word() {
    return word;
  }
}
