package org.vexor.linux.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class AssemblerTest {
  @Test
  void slotsAreLaidOutAsTheKernelReadsThem() {
    byte[] code =
        new Assembler()
            .load16(Register.R5, Register.R2, 12)
            .jumpIfNotEqual(Register.R5, 0xdd86, "pass")
            .store32(Register.R10, -4, Register.R5)
            .label("pass")
            .move(Register.R0, 2)
            .exit()
            .assemble();
    assertEquals(
        "69250c0000000000" // r5 = *(u16 *) (r2 + 12)
            + "5505010086dd0000" // if r5 != 0xdd86 goto +1
            + "635afcff00000000" // *(u32 *) (r10 - 4) = r5
            + "b700000002000000" // r0 = 2
            + "9500000000000000", // exit
        HexFormat.of().formatHex(code));
  }

  @Test
  void jumpsNeedTheirLabelOnce() {
    Assembler lost = new Assembler().jump("nowhere");
    assertThrows(IllegalStateException.class, lost::assemble);
    Assembler twice = new Assembler().label("here");
    assertThrows(IllegalStateException.class, () -> twice.label("here"));
  }
}
