package org.vexor.solana.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.vexor.solana.Epochs;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.cluster.LeaderSchedule;
import org.vexor.solana.cluster.LeaderScheduleJson;
import org.vexor.solana.cluster.StakesJson;

/// The methods of a node's JSON-RPC that Vexor asks, with their types. Names and fields:
/// solana.com/docs/rpc/http. Any thread; each call blocks as [RpcClient#call] does.
public final class ClusterRpc {
  /// Signatures that one call of getSignatureStatuses takes.
  private static final int MOST_SIGNATURES = 256;

  /// The newest the node has, before the cluster agreed to it.
  private static final Map<String, String> PROCESSED = Map.of("commitment", "processed");

  private static final Map<String, String> CONFIRMED = Map.of("commitment", "confirmed");

  private final RpcClient client;

  public ClusterRpc(RpcClient client) {
    this.client = client;
  }

  /// The client that asks.
  public RpcClient client() {
    return client;
  }

  /// The slot whose block the node is at, agreed or not.
  public long slot() throws RpcException {
    return number("getSlot", client.call("getSlot", PROCESSED));
  }

  /// The highest slot whose block has a commitment.
  ///
  /// @param commitment `processed`, `confirmed` or `finalized`
  public long slot(String commitment) throws RpcException {
    return number("getSlot", client.call("getSlot", Map.of("commitment", commitment)));
  }

  /// How many blocks lie below the node's newest; what a blockhash's life is counted in.
  public long blockHeight() throws RpcException {
    return number("getBlockHeight", client.call("getBlockHeight", PROCESSED));
  }

  /// How many blocks lie below the highest with a commitment.
  public long blockHeight(String commitment) throws RpcException {
    return number(
        "getBlockHeight", client.call("getBlockHeight", Map.of("commitment", commitment)));
  }

  /// The cluster's genesis.
  public Hash genesisHash() throws RpcException {
    JsonNode answer = client.call("getGenesisHash");
    try {
      return Hash.fromBase58(answer.asText());
    } catch (IllegalArgumentException e) {
      throw strange("getGenesisHash", answer, e);
    }
  }

  /// How slots make epochs.
  public Epochs epochs() throws RpcException {
    JsonNode answer = client.call("getEpochSchedule");
    try {
      return new Epochs(
          number("getEpochSchedule", answer.path("slotsPerEpoch")),
          answer.path("warmup").asBoolean());
    } catch (IllegalArgumentException e) {
      throw strange("getEpochSchedule", answer, e);
    }
  }

  /// Who leads in the epoch of `slot`; empty when the node does not know that epoch.
  ///
  /// @param epochs of the cluster
  public Optional<LeaderSchedule> leaderSchedule(long slot, Epochs epochs) throws RpcException {
    JsonNode answer = client.call("getLeaderSchedule", slot);
    if (answer.isNull()) {
      return Optional.empty();
    }
    long epoch = epochs.epoch(slot);
    byte[] json = answer.toString().getBytes(StandardCharsets.UTF_8);
    try {
      return Optional.of(
          LeaderScheduleJson.parse(
              json, epochs.firstSlot(epoch), Math.toIntExact(epochs.slots(epoch))));
    } catch (IllegalArgumentException e) {
      throw strange("getLeaderSchedule", answer, e);
    }
  }

  /// Lamports staked behind each identity in this epoch, on all its vote accounts, delinquent or
  /// not.
  public Map<Pubkey, Long> stakes() throws RpcException {
    JsonNode answer = client.call("getVoteAccounts", PROCESSED);
    try {
      return StakesJson.parse(answer);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw strange("getVoteAccounts", answer, e);
    }
  }

  /// Lamports staked on a vote account in this epoch; empty when the node knows no such vote
  /// account.
  public OptionalLong voteAccountStake(Pubkey voteAccount) throws RpcException {
    JsonNode answer =
        client.call(
            "getVoteAccounts",
            Map.of(
                "commitment",
                "processed",
                "votePubkey",
                voteAccount.toString(),
                "keepUnstakedDelinquents",
                true));
    for (String list : List.of("current", "delinquent")) {
      for (JsonNode account : answer.path(list)) {
        return OptionalLong.of(number("getVoteAccounts", account.path("activatedStake")));
      }
    }
    return OptionalLong.empty();
  }

  /// Whether transactions with a blockhash can still get into blocks.
  public boolean isBlockhashValid(Hash blockhash) throws RpcException {
    JsonNode answer = client.call("isBlockhashValid", blockhash.toString(), PROCESSED);
    if (!answer.path("value").isBoolean()) {
      throw strange("isBlockhashValid", answer, null);
    }
    return answer.path("value").asBoolean();
  }

  /// The nodes that the node's gossip knows.
  public List<ClusterNode> clusterNodes() throws RpcException {
    JsonNode answer = client.call("getClusterNodes");
    List<ClusterNode> nodes = new ArrayList<>();
    try {
      answer.forEach(node -> nodes.add(ClusterNode.parse(node)));
    } catch (IllegalArgumentException e) {
      throw strange("getClusterNodes", answer, e);
    }
    return List.copyOf(nodes);
  }

  /// A blockhash to put into transactions.
  public LatestBlockhash latestBlockhash() throws RpcException {
    return latestBlockhash("confirmed");
  }

  /// The blockhash of the highest block with a commitment.
  public LatestBlockhash latestBlockhash(String commitment) throws RpcException {
    JsonNode answer = client.call("getLatestBlockhash", Map.of("commitment", commitment));
    JsonNode value = answer.path("value");
    try {
      return new LatestBlockhash(
          Hash.fromBase58(value.path("blockhash").asText()),
          number("getLatestBlockhash", value.path("lastValidBlockHeight")),
          answer.path("context").path("slot").asLong());
    } catch (IllegalArgumentException e) {
      throw strange("getLatestBlockhash", answer, e);
    }
  }

  /// Hands over a signed transaction, without having it tried first.
  public Signature sendTransaction(byte[] transaction) throws RpcException {
    JsonNode answer =
        client.call(
            "sendTransaction",
            Base64.getEncoder().encodeToString(transaction),
            Map.of("encoding", "base64", "skipPreflight", true));
    try {
      return Signature.fromBase58(answer.asText());
    } catch (IllegalArgumentException e) {
      throw strange("sendTransaction", answer, e);
    }
  }

  /// What became of transactions, in their order; empty for those the node has not seen. In as many
  /// calls as it takes.
  public List<Optional<SignatureStatus>> signatureStatuses(List<Signature> signatures)
      throws RpcException {
    List<Optional<SignatureStatus>> statuses = new ArrayList<>();
    signatureStatuses(signatures, (_, status) -> statuses.add(status));
    return List.copyOf(statuses);
  }

  /// The same, for who can use the answers of the calls before one that fails.
  ///
  /// @param told of each transaction, in their order, after each call
  public void signatureStatuses(
      List<Signature> signatures, BiConsumer<Signature, Optional<SignatureStatus>> told)
      throws RpcException {
    for (int from = 0; from < signatures.size(); from += MOST_SIGNATURES) {
      List<Signature> asked =
          signatures.subList(from, Math.min(signatures.size(), from + MOST_SIGNATURES));
      List<Optional<SignatureStatus>> statuses = someStatuses(asked);
      for (int i = 0; i < asked.size(); i++) {
        told.accept(asked.get(i), statuses.get(i));
      }
    }
  }

  private List<Optional<SignatureStatus>> someStatuses(List<Signature> signatures)
      throws RpcException {
    JsonNode answer =
        client.call("getSignatureStatuses", signatures.stream().map(Signature::toString).toList());
    List<Optional<SignatureStatus>> statuses = new ArrayList<>();
    answer.path("value").forEach(status -> statuses.add(SignatureStatus.parse(status)));
    if (statuses.size() != signatures.size()) {
      throw strange("getSignatureStatuses", answer, null);
    }
    return statuses;
  }

  /// Lamports of an account.
  public long balance(Pubkey account) throws RpcException {
    return number(
        "getBalance", client.call("getBalance", account.toString(), CONFIRMED).path("value"));
  }

  private RpcException strange(String method, JsonNode answer, @Nullable Throwable cause) {
    String text = answer.toString();
    return new RpcException(
        "%s of %s: an answer of another form: %s"
            .formatted(method, client.url(), text.substring(0, Math.min(200, text.length()))),
        cause);
  }

  private long number(String method, JsonNode node) throws RpcException {
    if (!node.isIntegralNumber()) {
      throw strange(method, node, null);
    }
    return node.longValue();
  }
}
