package org.vexor.solana.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vexor.solana.Pubkey;

/// Reads the stake behind each identity, in the forms in which it is found:
///
/// - the answer of RPC getVoteAccounts, also inside its envelope: the stakes of all vote accounts
///   of an identity are added up, delinquent or not
/// - `{"<identity>": lamports, ...}`
public final class StakesJson {
  private static final List<String> ACCOUNTS = List.of("current", "delinquent");
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StakesJson() {}

  /// Reads a file.
  ///
  /// @throws IllegalArgumentException naming the fault
  public static Map<Pubkey, Long> read(Path file) throws IOException {
    try {
      return parse(MAPPER.readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /// Lamports by identity; identities without any are left out.
  ///
  /// @throws IllegalArgumentException naming the fault: another form, a key that is none, a number
  ///   that is no count of lamports
  public static Map<Pubkey, Long> parse(JsonNode json) {
    JsonNode root = json.has("result") ? json.path("result") : json;
    var stakes = new HashMap<Pubkey, Long>();
    if (ACCOUNTS.stream().anyMatch(root::has)) {
      for (String list : ACCOUNTS) {
        for (JsonNode account : root.path(list)) {
          add(stakes, account.path("nodePubkey").asText(), account.path("activatedStake"));
        }
      }
      return stakes;
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException(
          "no stakes: need {\"<identity>\": lamports} or the answer of getVoteAccounts");
    }
    root.properties().forEach(stake -> add(stakes, stake.getKey(), stake.getValue()));
    return stakes;
  }

  private static void add(Map<Pubkey, Long> stakes, String identity, JsonNode lamports) {
    Pubkey key = Pubkey.fromBase58(identity);
    if (!lamports.isIntegralNumber() || !lamports.canConvertToLong() || lamports.longValue() < 0) {
      throw new IllegalArgumentException("stake " + lamports + " of " + key + " is no lamports");
    }
    if (lamports.longValue() > 0) {
      stakes.merge(key, lamports.longValue(), Math::addExact);
    }
  }
}
