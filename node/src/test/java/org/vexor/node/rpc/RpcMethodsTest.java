package org.vexor.node.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Base58;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;

final class RpcMethodsTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final FakeSource source = new FakeSource();
  private final RpcMethods methods = new RpcMethods(source, "1.2.3");
  private final RpcDispatcher dispatcher = new RpcDispatcher();

  private JsonNode ask(String text) throws IOException {
    return JSON.readTree(
        dispatcher.answer(text.getBytes(StandardCharsets.UTF_8), methods).orElse("null"));
  }

  private JsonNode call(String method, String params) throws IOException {
    return ask(
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}".formatted(method, params));
  }

  static Transaction transfer(Hash blockhash) {
    TransactionSigner payer = TransactionSigner.of(Keypair.generate());
    return Transaction.sign(
        new MessageBuilder(payer.pubkey())
            .add(SystemProgram.transfer(payer.pubkey(), FakeSource.IDENTITY, 5))
            .buildLegacy(blockhash),
        List.of(payer));
  }

  private JsonNode send(byte[] transaction, String options) throws IOException {
    return call(
        "sendTransaction",
        "[\"%s\",{\"encoding\":\"base64\"%s}]"
            .formatted(Base64.getEncoder().encodeToString(transaction), options));
  }

  @Test
  void takesTransactionsInBothEncodings() throws IOException {
    Transaction first = transfer(FakeSource.BLOCKHASH);
    Transaction second = transfer(FakeSource.BLOCKHASH);
    Signature signature = first.signatures().getFirst();
    assertEquals(signature.toString(), send(first.toByteArray(), "").path("result").asText());
    assertArrayEquals(first.toByteArray(), source.submitted.get(signature));
    JsonNode answer = call("sendTransaction", "[\"" + Base58.encode(second.toByteArray()) + "\"]");
    assertEquals(second.signatures().getFirst().toString(), answer.path("result").asText());
    assertEquals(7, answer.path("id").asInt());
  }

  @Test
  void preflightRefusesWrongSignaturesAndOldBlockhashes() throws IOException {
    byte[] forged = transfer(FakeSource.BLOCKHASH).toByteArray();
    forged[10] ^= 1;
    assertEquals(RpcAnswer.SIGNATURE_FAILURE, send(forged, "").at("/error/code").asInt());
    byte[] other = new byte[Hash.LENGTH];
    other[0] = 1;
    byte[] old = transfer(Hash.of(other)).toByteArray();
    JsonNode answer = send(old, "");
    assertEquals(RpcAnswer.PREFLIGHT_FAILURE, answer.at("/error/code").asInt());
    assertEquals("BlockhashNotFound", answer.at("/error/data/err").asText());
    assertEquals(0, source.submitted.size());
    assertTrue(send(old, ",\"skipPreflight\":true").has("result"), "unless told to skip it");
  }

  @Test
  void refusesWhatIsNoTransaction() throws IOException {
    assertEquals(RpcAnswer.INVALID_PARAMS, send(new byte[200], "").at("/error/code").asInt());
    assertEquals(RpcAnswer.INVALID_PARAMS, send(new byte[5_000], "").at("/error/code").asInt());
    assertEquals(
        RpcAnswer.INVALID_PARAMS, call("sendTransaction", "[7]").at("/error/code").asInt());
    assertEquals(
        RpcAnswer.INVALID_PARAMS, call("sendTransaction", "[\"0OIl\"]").at("/error/code").asInt());
    source.answer = new Submitted.Refused("no leader is known");
    JsonNode refused = send(transfer(FakeSource.BLOCKHASH).toByteArray(), "");
    assertTrue(refused.at("/error/message").asText().contains("no leader is known"));
  }

  @Test
  void tellsWhatBecameOfTransactions() throws IOException {
    Signature landed = transfer(FakeSource.BLOCKHASH).signatures().getFirst();
    Signature failed = transfer(FakeSource.BLOCKHASH).signatures().getFirst();
    Signature unknown = transfer(FakeSource.BLOCKHASH).signatures().getFirst();
    source.seen.put(landed, new SeenTransaction(9, Commitment.FINALIZED, 31, Optional.empty()));
    source.seen.put(
        failed,
        new SeenTransaction(
            38, Commitment.CONFIRMED, 2, Optional.of("{\"InstructionError\":[0,{\"Custom\":1}]}")));
    JsonNode value =
        call("getSignatureStatuses", "[[\"%s\",\"%s\",\"%s\"]]".formatted(landed, failed, unknown))
            .at("/result/value");
    assertEquals("finalized", value.at("/0/confirmationStatus").asText());
    assertTrue(value.at("/0/confirmations").isNull());
    assertTrue(value.at("/0/err").isNull());
    assertEquals(2, value.at("/1/confirmations").asInt());
    assertEquals(1, value.at("/1/err/InstructionError/1/Custom").asInt());
    assertTrue(value.get(2).isNull());
  }

  @Test
  void answersWhatItKnows() throws IOException {
    assertEquals(8, call("getSlot", "[]").path("result").asInt(), "finalized by default");
    assertEquals(40, call("getSlot", "[{\"commitment\":\"confirmed\"}]").path("result").asInt());
    assertEquals(
        189, call("getLatestBlockhash", "[]").at("/result/value/lastValidBlockHeight").asInt());
    assertEquals(
        FakeSource.IDENTITY.toString(), call("getSlotLeaders", "[40,4]").at("/result/0").asText());
    assertEquals("1.2.3", call("getVersion", "[]").at("/result/solana-core").asText());
    assertEquals("ok", call("getHealth", "[]").path("result").asText());
    source.trouble = Optional.of("no shreds for 5 s");
    JsonNode unhealthy = call("getHealth", "[]").path("error");
    assertEquals(RpcAnswer.NODE_UNHEALTHY, unhealthy.path("code").asInt());
    assertTrue(unhealthy.at("/data/numSlotsBehind").isNull(), unhealthy::toString);
    assertEquals(
        RpcAnswer.INVALID_PARAMS,
        call("getSlot", "[{\"commitment\":\"soon\"}]").at("/error/code").asInt());
    assertEquals(RpcAnswer.METHOD_NOT_FOUND, call("getBalance", "[]").at("/error/code").asInt());
  }

  @Test
  void answersBatchesInOrderAndNotificationsNotAtAll() throws IOException {
    JsonNode answers =
        ask(
            "[{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"getSlot\"},"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"getSlot\"},{\"id\":2},"
                + "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"getHealth\"}]");
    assertEquals(3, answers.size());
    assertEquals("a", answers.at("/0/id").asText());
    assertEquals(RpcAnswer.INVALID_REQUEST, answers.at("/1/error/code").asInt());
    assertEquals("ok", answers.at("/2/result").asText());
    assertTrue(ask("{\"jsonrpc\":\"2.0\",\"method\":\"getSlot\"}").isNull());
  }

  @Test
  void boundsBatchesAndDepth() throws IOException {
    String many = "{\"id\":1,\"method\":\"getSlot\"},".repeat(RpcDispatcher.MOST_IN_BATCH);
    assertEquals(
        RpcAnswer.INVALID_REQUEST,
        ask("[" + many + "{\"id\":1,\"method\":\"getSlot\"}]").at("/error/code").asInt());
    assertEquals(RpcAnswer.PARSE_ERROR, ask("[".repeat(10_000)).at("/error/code").asInt());
    assertEquals(RpcAnswer.PARSE_ERROR, ask("{} {}").at("/error/code").asInt());
    assertEquals(RpcAnswer.INVALID_REQUEST, ask("[]").at("/error/code").asInt());
  }

  @FuzzTest(maxDuration = "10s")
  void anyBytesGetAnAnswer(byte[] request) {
    dispatcher.answer(request, methods);
  }
}
