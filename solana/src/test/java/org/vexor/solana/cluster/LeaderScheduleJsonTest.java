package org.vexor.solana.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.solana.Pubkey;

final class LeaderScheduleJsonTest {
  private static final String A = "Vote111111111111111111111111111111111111111";
  private static final String B = "Stake11111111111111111111111111111111111111";

  @Test
  void readsEveryForm() {
    String map = "{\"" + A + "\":[0,1,3],\"" + B + "\":[2]}";
    check(map);
    check("{\"jsonrpc\":\"2.0\",\"result\":" + map + ",\"id\":1}");
    check(
        "{\"epoch\":5,\"leaderScheduleEntries\":["
            + entry(100, A)
            + ","
            + entry(101, A)
            + ","
            + entry(102, B)
            + ","
            + entry(103, A)
            + "]}");
  }

  private static void check(String json) {
    LeaderSchedule schedule = parse(json);
    assertEquals(Optional.of(Pubkey.fromBase58(A)), schedule.leader(100));
    assertEquals(Optional.of(Pubkey.fromBase58(B)), schedule.leader(102));
    assertEquals(Optional.empty(), schedule.leader(104));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {                      | not JSON
          {} {}                  | not JSON
          null                   | no schedule
          []                     | no schedule
          {"result":null}        | no schedule
          {"Vote1":[0]}          | base58 of
          {"@A":7}               | not an array
          {"@A":[8]}             | slot 8
          {"@A":[-1]}            | slot -1
          {"@A":[1.5]}           | slot 1.5
          {"@A":["1"]}           | slot "1"
          {"@A":[1e30]}          | slot
          {"@A":[1],"@B":[1]}    | another leader
          {"@A":[1],"@A":[2]}    | Duplicate
          {"leaderScheduleEntries":[{"slot":99,"leader":"@A"}]} | slot 99
          {"leaderScheduleEntries":[{"slot":100}]} | base58 of
          """)
  void refusesWithTheFault(String json, String fault) {
    String text = json.replace("@A", A).replace("@B", B);
    var refused = assertThrows(IllegalArgumentException.class, () -> parse(text));
    assertTrue(refused.toString().contains(fault), refused.toString());
  }

  @Property(tries = 50)
  void everyScheduleIsReadBack(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> leaders) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < leaders.size(); i++) {
      entries.add(entry(100 + i, key(leaders.get(i)).toString()));
    }
    String json = "{\"leaderScheduleEntries\":[" + String.join(",", entries) + "]}";
    LeaderSchedule schedule = LeaderScheduleJson.parse(utf8(json), 100, leaders.size());
    for (int i = 0; i < leaders.size(); i++) {
      assertEquals(Optional.of(key(leaders.get(i))), schedule.leader(100 + i));
    }
  }

  @FuzzTest(maxDuration = "10s")
  void anyBytesAreReadOrRefused(byte[] json) {
    try {
      assertEquals(8, LeaderScheduleJson.parse(json, 100, 8).slots());
    } catch (IllegalArgumentException refused) {
      assertTrue(refused.toString().length() > 0);
    }
  }

  private static LeaderSchedule parse(String json) {
    return LeaderScheduleJson.parse(utf8(json), 100, 8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String entry(long slot, String leader) {
    return "{\"slot\":" + slot + ",\"leader\":\"" + leader + "\"}";
  }

  private static Pubkey key(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return Pubkey.of(bytes);
  }
}
