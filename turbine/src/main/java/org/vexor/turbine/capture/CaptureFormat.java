package org.vexor.turbine.capture;

/// The formats [CaptureReader] knows, in the order it asks for them.
public enum CaptureFormat {
  /// Classic pcap of either byte order, micro- or nanoseconds; the UDP payloads in it.
  PCAP("pcap"),
  /// Unix `ar` archive, a member is a shred.
  AR("ar archive"),
  /// JSON: an array of arrays of byte values.
  JSON("JSON array of byte arrays"),
  /// Repeated u64 little-endian length and bytes.
  U64_LIST("list with u64 lengths"),
  /// Repeated u32 little-endian length and bytes.
  U32_LIST("list with u32 lengths"),
  /// Repeated u16 little-endian length and bytes.
  U16_LIST("list with u16 lengths"),
  /// One shred and nothing else.
  SHRED("single shred");

  private final String title;

  CaptureFormat(String title) {
    this.title = title;
  }

  /// What to call it in a message.
  public String title() {
    return title;
  }
}
