package org.vexor.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.vexor.solana.Base58;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;

/// sendTransaction: decodes, checks what can be checked without a bank, and hands over.
///
/// "Preflight" runs a transaction before it is sent; here it can only check the signatures and the
/// blockhash. Any thread.
final class TransactionIntake {
  /// A version 1 transaction (SIMD-0385); others have at most 1,232 bytes.
  private static final int MOST_BYTES = 4_096;

  private static final int MOST_BYTES_BEFORE_V1 = 1_232;

  /// Characters for them in base58, the wordier encoding: 1.366 for a byte.
  private static final int MOST_CHARACTERS = 5_600;

  private final RpcSource source;

  TransactionIntake(RpcSource source) {
    this.source = source;
  }

  RpcAnswer send(RpcParams params) throws RpcParams.Invalid, IOException {
    JsonNode options = params.options(1);
    byte[] bytes = decode(params.text(0, "transaction"), options.path("encoding").asText("base58"));
    TransactionView view = new TransactionView();
    TransactionRefusal refusal = view.parseExact(bytes, 0, bytes.length);
    if (refusal == TransactionRefusal.NONE) {
      refusal = view.sanitize();
    }
    if (refusal != TransactionRefusal.NONE) {
      return RpcAnswer.refused(
          RpcAnswer.INVALID_PARAMS, "invalid transaction: failed to sanitize: " + refusal);
    }
    if (view.version() != 1 && bytes.length > MOST_BYTES_BEFORE_V1) {
      return RpcAnswer.refused(
          RpcAnswer.INVALID_PARAMS,
          "transaction too large: " + bytes.length + " bytes (max: " + MOST_BYTES_BEFORE_V1 + ")");
    }
    if (!options.path("skipPreflight").asBoolean()) {
      Optional<RpcAnswer> failure = preflight(view);
      if (failure.isPresent()) {
        return failure.get();
      }
    }
    Signature signature = Signature.of(bytes, view.signatureOffset(0));
    return switch (source.submit(signature, bytes)) {
      case Submitted.Accepted() -> RpcAnswer.of(signature.toString());
      case Submitted.Refused(String why) ->
          RpcAnswer.refused(RpcAnswer.NODE_UNHEALTHY, "not sent: " + why);
    };
  }

  private static byte[] decode(String text, String encoding) throws RpcParams.Invalid {
    if (text.length() > MOST_CHARACTERS) {
      throw new RpcParams.Invalid(
          encoding + " encoded transaction too large: " + text.length() + " characters");
    }
    byte[] bytes;
    try {
      bytes =
          switch (encoding) {
            case "base64" -> Base64.getDecoder().decode(text);
            case "base58" -> Base58.decode(text);
            default ->
                throw new RpcParams.Invalid(
                    "unsupported encoding: " + encoding + ". Supported encodings: base58, base64");
          };
    } catch (IllegalArgumentException e) {
      throw new RpcParams.Invalid("invalid " + encoding + " encoding: " + e.getMessage());
    }
    if (bytes.length > MOST_BYTES) {
      throw new RpcParams.Invalid(
          "transaction too large: " + bytes.length + " bytes (max: " + MOST_BYTES + ")");
    }
    return bytes;
  }

  private Optional<RpcAnswer> preflight(TransactionView view) throws IOException {
    Ed25519Verifier verifier = new Ed25519Verifier();
    boolean isSigned =
        view.verify(
            (bytes, key, signature, message, length) ->
                verifier.verify(bytes, message, length, bytes, signature, bytes, key));
    if (!isSigned) {
      return Optional.of(
          RpcAnswer.refused(
              RpcAnswer.SIGNATURE_FAILURE, "Transaction signature verification failure"));
    }
    Hash blockhash = Hash.of(view.bytes(), view.blockhashOffset());
    if (source.isBlockhashValid(blockhash).orElse(true)) {
      return Optional.empty();
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("err", "BlockhashNotFound");
    data.putArray("logs");
    data.putNull("accounts").putNull("returnData").put("unitsConsumed", 0);
    return Optional.of(
        new RpcAnswer.Refused(
            RpcAnswer.PREFLIGHT_FAILURE,
            "Transaction simulation failed: Blockhash not found",
            Optional.of(data)));
  }
}
