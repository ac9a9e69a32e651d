package org.vexor.turbine.erasure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The kernel follows the modules the JVM was started with.
final class KernelChoiceTest {
  @Test
  void isTheVectorKernelWhereTheIncubatorModuleWasResolved() throws Exception {
    String[] lines = run(List.of("--add-modules", "jdk.incubator.vector"));
    assertTrue(lines[0].startsWith("vector, "), lines[0]);
    assertEquals(encodedHash(new ScalarKernel()), Integer.parseInt(lines[1]));
  }

  @Test
  void isTheScalarKernelWithoutTheIncubatorModule() throws Exception {
    String[] lines = run(List.of());
    assertEquals("scalar", lines[0]);
    assertEquals(encodedHash(new ScalarKernel()), Integer.parseInt(lines[1]));
  }

  private static String[] run(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), KernelChoiceTest.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toArray(String[]::new);
  }

  /// Runs in the JVM under test: the kernel's name, and a hash of what it encodes.
  public static void main(String[] arguments) {
    GaloisKernel kernel = GaloisKernel.best();
    System.out.println(kernel.name());
    System.out.println(encodedHash(kernel));
  }

  private static int encodedHash(GaloisKernel kernel) {
    byte[] set = new byte[5 * 100];
    for (int i = 0; i < 300; i++) {
      set[i] = (byte) (i * 31);
    }
    ShardTable table = new ShardTable();
    table.reset(3, 2);
    for (int shard = 0; shard < 5; shard++) {
      if (shard < 3) {
        table.present(shard, set, shard * 100);
      } else {
        table.missing(shard, set, shard * 100);
      }
    }
    new ReedSolomon(kernel).reconstruct(table, 100);
    return Arrays.hashCode(set);
  }
}
