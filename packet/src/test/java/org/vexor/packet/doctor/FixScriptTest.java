package org.vexor.packet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.packet.probe.Surroundings;

final class FixScriptTest {
  @TempDir private Path folder;

  private static String script(Finding... findings) {
    return FixScript.of(new Diagnosis(Surroundings.here(), List.of(findings), List.of()));
  }

  private int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start()
        .waitFor();
  }

  @Test
  void namesOfOthersCannotBecomeCommands() throws Exception {
    String script =
        script(
            Finding.on(
                "eth0\ntouch caught", "link", State.PROBLEM, "down\rtouch caught", "a\n\nb"));
    Files.writeString(folder.resolve("fix.sh"), script);
    assertEquals(0, run("sh", "-n", "fix.sh"));
    run("sh", "fix.sh");
    assertFalse(Files.exists(folder.resolve("caught")));
    assertTrue(
        script.lines().filter(line -> line.contains("caught")).allMatch(FixScriptTest::isComment));
  }

  private static boolean isComment(String line) {
    return line.startsWith("#");
  }

  @Test
  void onlyTheFirstCommandOfWhatIsAmissIsRunAndNothingThatDisturbs() {
    String script =
        script(
            Finding.of("fine", State.OK, "f", "m", Remedy.command("not this", "u")),
            Finding.of(
                "memory",
                State.WARN,
                "f",
                "m",
                Remedy.inShell("ulimit -l 1"),
                Remedy.command("sysctl -w a=1", "sysctl -w a=0").withNote("until the next boot"),
                Remedy.command("second way", "u")),
            Finding.of(
                "mtu",
                State.PROBLEM,
                "f",
                "m",
                Remedy.command("ip link x", "ip link y").thatDisturbs("others must agree")),
            Finding.of("seccomp", State.PROBLEM, "f", "m", Remedy.advice("allow bpf")));
    List<String> commands = script.lines().filter(line -> line.startsWith("{")).toList();
    assertEquals(List.of("{ sysctl -w a=1; } || failed=1"), commands);
    assertTrue(script.contains("\n#   undo: sysctl -w a=0\n"), script);
    assertTrue(script.contains("\n# { ip link x; } || failed=1\n"), script);
    assertTrue(script.contains("\n#   to mend by hand: allow bpf\n"), script);
    assertFalse(script.contains("not this") || script.contains("second way"), script);
  }

  @Test
  void aCommandThatFailsShowsInTheExitCode() throws Exception {
    String script =
        script(
            Finding.of("one", State.WARN, "f", "m", Remedy.command("false", "u")),
            Finding.of("two", State.WARN, "f", "m", Remedy.command("touch reached", "u")));
    // The check for root is not what is tested here.
    Files.writeString(folder.resolve("fix.sh"), script.replace("-ne 0 ]", "-lt 0 ]"));
    assertEquals(1, run("sh", "fix.sh"));
    assertTrue(Files.exists(folder.resolve("reached")));
  }
}
