package org.vexor.linux.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes bpf instructions, one call each, jumps to names that may come later.
///
/// A slot is u8 opcode, u8 source << 4 | destination, s16 jump in slots from the next one, s32
/// immediate (Documentation/bpf/standardization/instruction-set.rst). Loads from packets give
/// little-endian values: constants of network fields are written with their bytes swapped.
public final class Assembler {
  private static final int SLOT_BYTES = 8;
  private static final int BPF_PSEUDO_MAP_FD = 1;
  private static final int BPF_PSEUDO_MAP_VALUE = 2;

  private record Slot(int opcode, int registers, int offset, int immediate, String target) {}

  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();

  /// Names the next instruction.
  public Assembler label(String name) {
    if (labels.put(name, slots.size()) != null) {
      throw new IllegalStateException("label " + name + " is there twice");
    }
    return this;
  }

  /// `to = from`
  public Assembler move(Register to, Register from) {
    return add(0xbf, to, from, 0, 0);
  }

  /// `to = value`
  public Assembler move(Register to, int value) {
    return add(0xb7, to, Register.R0, 0, value);
  }

  /// `to += value`
  public Assembler plus(Register to, int value) {
    return add(0x07, to, Register.R0, 0, value);
  }

  /// `to += from`
  public Assembler plus(Register to, Register from) {
    return add(0x0f, to, from, 0, 0);
  }

  /// `to &= mask`
  public Assembler and(Register to, int mask) {
    return add(0x57, to, Register.R0, 0, mask);
  }

  /// `to <<= bits`
  public Assembler shiftLeft(Register to, int bits) {
    return add(0x67, to, Register.R0, 0, bits);
  }

  /// `to = *(u8 *) (base + offset)`
  public Assembler load8(Register to, Register base, int offset) {
    return add(0x71, to, base, offset, 0);
  }

  /// `to = *(u16 *) (base + offset)`
  public Assembler load16(Register to, Register base, int offset) {
    return add(0x69, to, base, offset, 0);
  }

  /// `to = *(u32 *) (base + offset)`
  public Assembler load32(Register to, Register base, int offset) {
    return add(0x61, to, base, offset, 0);
  }

  /// `to = *(u64 *) (base + offset)`
  public Assembler load64(Register to, Register base, int offset) {
    return add(0x79, to, base, offset, 0);
  }

  /// `*(u32 *) (base + offset) = from`
  public Assembler store32(Register base, int offset, Register from) {
    return add(0x63, base, from, offset, 0);
  }

  /// `*(u32 *) (base + offset) = value`
  public Assembler store32(Register base, int offset, int value) {
    return add(0x62, base, Register.R0, offset, value);
  }

  /// `*(u64 *) (base + offset) = from`
  public Assembler store64(Register base, int offset, Register from) {
    return add(0x7b, base, from, offset, 0);
  }

  /// `*(u64 *) (base + offset) = value`, sign extended
  public Assembler store64(Register base, int offset, int value) {
    return add(0x7a, base, Register.R0, offset, value);
  }

  /// `goto target`
  public Assembler jump(String target) {
    return jump(0x05, Register.R0, Register.R0, 0, target);
  }

  /// `if (register == value) goto target`
  public Assembler jumpIfEqual(Register register, int value, String target) {
    return jump(0x15, register, Register.R0, value, target);
  }

  /// `if (register != value) goto target`
  public Assembler jumpIfNotEqual(Register register, int value, String target) {
    return jump(0x55, register, Register.R0, value, target);
  }

  /// `if (left == right) goto target`
  public Assembler jumpIfEqual(Register left, Register right, String target) {
    return jump(0x1d, left, right, 0, target);
  }

  /// `if (left != right) goto target`
  public Assembler jumpIfNotEqual(Register left, Register right, String target) {
    return jump(0x5d, left, right, 0, target);
  }

  /// `if (left > right) goto target`, unsigned
  public Assembler jumpIfGreater(Register left, Register right, String target) {
    return jump(0x2d, left, right, 0, target);
  }

  /// `if (register < value) goto target`, unsigned
  public Assembler jumpIfLess(Register register, int value, String target) {
    return jump(0xa5, register, Register.R0, value, target);
  }

  /// `to = map`; two slots
  public Assembler loadMap(Register to, BpfMap map) {
    slots.add(new Slot(0x18, BPF_PSEUDO_MAP_FD << 4 | to.number(), 0, map.file().number(), ""));
    slots.add(new Slot(0, 0, 0, 0, ""));
    return this;
  }

  /// `to = &map[0]` of an ARRAY, without a call (since 5.2); two slots
  public Assembler loadFirstValue(Register to, BpfMap map) {
    slots.add(new Slot(0x18, BPF_PSEUDO_MAP_VALUE << 4 | to.number(), 0, map.file().number(), ""));
    slots.add(new Slot(0, 0, 0, 0, ""));
    return this;
  }

  /// `r0 = helper(r1, r2, r3, r4, r5)`
  public Assembler call(int helper) {
    return add(0x85, Register.R0, Register.R0, 0, helper);
  }

  /// `return r0`
  public Assembler exit() {
    return add(0x95, Register.R0, Register.R0, 0, 0);
  }

  /// The instructions, 8 bytes a slot.
  ///
  /// @throws IllegalStateException when a jump names no label
  public byte[] assemble() {
    ByteBuffer code = ByteBuffer.allocate(slots.size() * SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      int offset = slot.offset;
      if (!slot.target.isEmpty()) {
        Integer target = labels.get(slot.target);
        if (target == null) {
          throw new IllegalStateException("no label " + slot.target);
        }
        offset = target - (i + 1);
      }
      code.put((byte) slot.opcode).put((byte) slot.registers);
      code.putShort((short) offset).putInt(slot.immediate);
    }
    return code.array();
  }

  private Assembler add(int opcode, Register to, Register from, int offset, int immediate) {
    slots.add(new Slot(opcode, from.number() << 4 | to.number(), offset, immediate, ""));
    return this;
  }

  private Assembler jump(int opcode, Register to, Register from, int immediate, String target) {
    slots.add(new Slot(opcode, from.number() << 4 | to.number(), 0, immediate, target));
    return this;
  }
}
