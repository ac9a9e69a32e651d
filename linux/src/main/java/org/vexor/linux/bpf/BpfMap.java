package org.vexor.linux.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.Syscall;

/// A map that programs and this process share. Keys and values are the bytes as programs see them.
///
/// Threading: any thread; the kernel orders the calls. For set-up, not for each packet. Closing
/// gives up our hold; a loaded program keeps its own.
public final class BpfMap implements AutoCloseable {
  private static final String REMEDY =
      "run as root or with CAP_BPF (or sysctl kernel.unprivileged_bpf_disabled=0); before kernel"
          + " 5.11 also raise the limit of locked memory (ulimit -l)";

  /// The kinds that are used here.
  public enum Type {
    HASH(1),
    /// Keys are u32 indexes; all entries exist and are zero at first.
    ARRAY(2),
    /// AF_XDP sockets by queue; 4-byte keys and values.
    XSKMAP(17);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  private final FileDescriptor file;
  private final int keyBytes;
  private final int valueBytes;

  private BpfMap(FileDescriptor file, int keyBytes, int valueBytes) {
    this.file = file;
    this.keyBytes = keyBytes;
    this.valueBytes = valueBytes;
  }

  /// Makes an empty map.
  ///
  /// @param name for bpftool, up to 15 characters
  /// @throws org.vexor.linux.KernelException EPERM without CAP_BPF
  public static BpfMap create(
      Type type, int keyBytes, int valueBytes, int maxEntries, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(Bpf.ATTRIBUTE_BYTES, Long.BYTES);
      attribute.set(JAVA_INT, Bpf.MapCreate.TYPE, type.number);
      attribute.set(JAVA_INT, Bpf.MapCreate.KEY_SIZE, keyBytes);
      attribute.set(JAVA_INT, Bpf.MapCreate.VALUE_SIZE, valueBytes);
      attribute.set(JAVA_INT, Bpf.MapCreate.MAX_ENTRIES, maxEntries);
      Bpf.putName(attribute, Bpf.MapCreate.NAME, name);
      String what = "bpf map " + name + " (" + type + ", " + maxEntries + " entries)";
      long number = Syscall.BPF.check(Bpf.call(Bpf.BPF_MAP_CREATE, attribute), what, REMEDY);
      return new BpfMap(FileDescriptor.own(number, what), keyBytes, valueBytes);
    }
  }

  /// Its descriptor, for instructions of a program.
  public FileDescriptor file() {
    return file;
  }

  /// Sets the value of a key.
  ///
  /// @throws org.vexor.linux.KernelException E2BIG when the map is full or has no such index
  public void put(byte[] key, byte[] value) {
    Syscall.BPF.check(
        element(Bpf.BPF_MAP_UPDATE_ELEM, key, value), "setting an entry of " + file, "");
  }

  /// Sets the value of a 4-byte key to a 4-byte value, as sockets are set.
  public void put(int key, int value) {
    put(littleEndian(key), littleEndian(value));
  }

  /// The value of a key.
  public Optional<byte[]> get(byte[] key) {
    byte[] value = new byte[valueBytes];
    long result = element(Bpf.BPF_MAP_LOOKUP_ELEM, key, value);
    if (result == -Errno.ENOENT) {
      return Optional.empty();
    }
    Syscall.BPF.check(result, "reading an entry of " + file);
    return Optional.of(value);
  }

  /// Removes a key (not of an ARRAY, whose entries stay); whether it was there. An XSKMAP says yes
  /// for every index it has.
  public boolean remove(byte[] key) {
    long result = element(Bpf.BPF_MAP_DELETE_ELEM, key, new byte[valueBytes]);
    if (result == -Errno.ENOENT) {
      return false;
    }
    Syscall.BPF.check(result, "removing an entry of " + file);
    return true;
  }

  /// Removes a 4-byte key; whether it was there.
  public boolean remove(int key) {
    return remove(littleEndian(key));
  }

  private long element(int command, byte[] key, byte[] value) {
    if (key.length != keyBytes || value.length != valueBytes) {
      throw new IllegalArgumentException(
          "%s takes keys of %d and values of %d bytes, not %d and %d"
              .formatted(file, keyBytes, valueBytes, key.length, value.length));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attribute = arena.allocate(Bpf.ATTRIBUTE_BYTES, Long.BYTES);
      MemorySegment keyCopy = arena.allocateFrom(JAVA_BYTE, key);
      MemorySegment valueCopy = arena.allocateFrom(JAVA_BYTE, value);
      attribute.set(JAVA_INT, Bpf.Element.MAP_FD, file.number());
      attribute.set(JAVA_LONG, Bpf.Element.KEY, keyCopy.address());
      if (command != Bpf.BPF_MAP_DELETE_ELEM) {
        attribute.set(JAVA_LONG, Bpf.Element.VALUE, valueCopy.address());
      }
      long result = Bpf.call(command, attribute);
      MemorySegment.copy(valueCopy, JAVA_BYTE, 0, value, 0, value.length);
      return result;
    }
  }

  private static byte[] littleEndian(int value) {
    return new byte[] {
      (byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)
    };
  }

  @Override
  public void close() {
    file.close();
  }
}
