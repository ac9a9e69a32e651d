package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vexor.linux.bpf.Assembler;
import org.vexor.linux.bpf.AttachedXdp;
import org.vexor.linux.bpf.BpfProgram;
import org.vexor.linux.bpf.Register;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.testkit.net.VirtualHosts.Host;

/// Another's XDP program on an interface, which passes everything.
record ForeignProgram(BpfProgram program, XdpLink link) implements AutoCloseable {
  private static final int XDP_PASS = 2;
  private static final Path BPFTOOL = Path.of("/usr/sbin/bpftool");

  static ForeignProgram attach(Host host, XdpMode mode) {
    return XdpLab.in(
        host,
        () -> {
          byte[] code = new Assembler().move(Register.R0, XDP_PASS).exit().assemble();
          BpfProgram program = BpfProgram.loadXdp("foreign", code, false);
          return new ForeignProgram(program, XdpLink.attach(program, host.interfaceIndex(), mode));
        });
  }

  int id() {
    return program.info().id();
  }

  /// Takes away the program that is attached in a host, as an operator would.
  static void detachAny(Host host) {
    assumeTrue(Files.isExecutable(BPFTOOL), "needs " + BPFTOOL);
    int index = host.interfaceIndex();
    int id = XdpLab.in(host, () -> AttachedXdp.query(index)).orElseThrow().programId();
    Matcher link =
        Pattern.compile("\\{\"id\":(\\d+),\"type\":\"xdp\",\"prog_id\":" + id + "\\b")
            .matcher(host.run("bpftool", "-j", "link", "show"));
    if (!link.find()) {
      throw new AssertionError(
          "no link of program " + id + ": " + host.run("bpftool", "-j", "link", "show"));
    }
    host.run("bpftool", "link", "detach", "id", link.group(1));
  }

  /// Takes the socket of queue 0 out of our program's map, as a fault of kernel or driver would.
  static void emptySlot(Host host) {
    assumeTrue(Files.isExecutable(BPFTOOL), "needs " + BPFTOOL);
    int index = host.interfaceIndex();
    int id = XdpLab.in(host, () -> AttachedXdp.query(index)).orElseThrow().programId();
    Matcher maps =
        Pattern.compile("\"map_ids\":\\[([0-9,]+)\\]")
            .matcher(host.run("bpftool", "-j", "prog", "show", "id", Integer.toString(id)));
    if (!maps.find()) {
      throw new AssertionError("no maps of program " + id);
    }
    for (String map : maps.group(1).split(",", -1)) {
      if (host.run("bpftool", "-j", "map", "show", "id", map).contains("xskmap")) {
        host.run("bpftool", "map", "delete", "id", map, "key", "0", "0", "0", "0");
      }
    }
  }

  @Override
  public void close() {
    link.close();
    program.close();
  }
}
