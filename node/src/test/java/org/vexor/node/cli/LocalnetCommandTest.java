package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalnetCommandTest {
  @Test
  void jsonHasALineForEachSlotAndASummaryWhoseAccountsClose() throws Exception {
    CliRun run = CliRun.of("localnet", "--seconds", "2", "--loss", "0.1", "--json");
    assertEquals(0, run.exitCode(), run.out() + run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(2 + 5 + 1, lines.size(), run.out()); // slots of 400 ms each
    var mapper = new ObjectMapper();
    JsonNode summary = mapper.readTree(lines.getLast());
    assertEquals("summary", summary.path("event").asText());
    assertTrue(summary.path("good").asBoolean(), run.out());
    JsonNode shreds = summary.path("shreds");
    assertEquals(0, shreds.path("unexplained").asLong());
    assertTrue(shreds.path("lost_by_injection").asLong() > 0, run.out());
    assertEquals("start", mapper.readTree(lines.getFirst()).path("event").asText());
    JsonNode discovered = mapper.readTree(lines.get(1));
    assertEquals("discovered", discovered.path("event").asText());
    assertTrue(discovered.path("after_ms").asDouble() > 0, run.out());
  }

  @Test
  void linesSayWhatHappenedToEachSlot() {
    CliRun run = CliRun.of("localnet", "--seconds", "1", "--nodes", "2", "--tps", "10");
    assertEquals(0, run.exitCode(), run.out() + run.err());
    assertTrue(run.out().contains("all slots complete, accounts closed"), run.out());
    assertTrue(run.out().contains("gossip: each of 2 nodes knows the other 1 after"), run.out());
    assertTrue(run.out().contains("all found on every node"), run.out());
  }

  @Test
  void valuesOutOfRangeAreOneLine() {
    for (String[] wrong :
        new String[][] {
          {"--nodes", "1"},
          {"--nodes", "51"},
          {"--seconds", "0"},
          {"--tps", "-1"},
          {"--loss", "1.5"},
          {"--loss", "NaN"}
        }) {
      CliRun run = CliRun.of("localnet", wrong[0], wrong[1]);
      assertEquals(2, run.exitCode(), run.out());
      assertEquals(1, run.errLines().size(), run.err());
      assertTrue(run.err().contains(wrong[0]), run.err());
    }
  }
}
