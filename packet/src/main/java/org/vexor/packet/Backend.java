package org.vexor.packet;

/// What moves the datagrams of an engine; better ones first.
public enum Backend {
  AF_XDP("AF_XDP"),
  IO_URING("io_uring"),
  UDP("UDP"),
  TUNNEL("tunnel"),
  MEMORY("memory");

  private final String label;

  Backend(String label) {
    this.label = label;
  }

  /// The name that people know it by.
  public String label() {
    return label;
  }
}
