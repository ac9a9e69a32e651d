package org.vexor.linux.socket;

/// The two families of Internet sockets.
public enum AddressFamily {
  INET(2, 16),
  INET6(10, 28);

  private final int number;
  private final int addressBytes;

  AddressFamily(int number, int addressBytes) {
    this.number = number;
    this.addressBytes = addressBytes;
  }

  /// The kernel's AF_ number.
  public int number() {
    return number;
  }

  /// The size of its socket address structure.
  public int addressBytes() {
    return addressBytes;
  }
}
