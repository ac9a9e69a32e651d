package org.vexor.node.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.vexor.node.rpc.Commitment;
import org.vexor.node.rpc.SeenTransaction;
import org.vexor.solana.Signature;
import org.vexor.solana.rpc.SignatureStatus;

final class StatusBookTest {
  private final SeenBlocks blocks = new SeenBlocks();
  private final Map<Signature, SignatureStatus> behind = new HashMap<>();
  private final List<List<Signature>> questions = new ArrayList<>();
  private boolean isSilent;
  private long nowNs = 1;
  private final StatusBook book = new StatusBook(blocks, this::ask, () -> nowNs);

  private void ask(
      List<Signature> signatures, BiConsumer<Signature, Optional<SignatureStatus>> told)
      throws IOException {
    if (signatures.isEmpty()) {
      return; // no call is made for none
    }
    questions.add(List.copyOf(signatures));
    if (isSilent) {
      throw new IOException("silent");
    }
    signatures.forEach(each -> told.accept(each, Optional.ofNullable(behind.get(each))));
  }

  private static Signature signature(int number) {
    byte[] bytes = new byte[Signature.LENGTH];
    bytes[7] = (byte) number;
    return Signature.of(bytes);
  }

  private Optional<SeenTransaction> of(int number) throws IOException {
    return book.of(List.of(signature(number))).getFirst();
  }

  private static Optional<SeenTransaction> seen(long slot, Commitment commitment, long above) {
    return Optional.of(new SeenTransaction(slot, commitment, above, Optional.empty()));
  }

  private void pass(long ms) {
    nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
  }

  @Test
  void ourBlocksSayItFirstAndTheNodeBehindHowFarItWasAgreedTo() throws Exception {
    assertEquals(Optional.empty(), of(1));
    blocks.add(40, List.of(signature(1)));
    assertEquals(seen(40, Commitment.PROCESSED, 0), of(1));
    assertEquals(1, questions.size(), "an answer is good for a slot");
    behind.put(signature(1), new SignatureStatus(40, Optional.empty(), "confirmed", 3));
    pass(500);
    assertEquals(seen(40, Commitment.CONFIRMED, 3), of(1));
    behind.put(signature(1), new SignatureStatus(40, Optional.of("{}"), "finalized", 0));
    pass(500);
    assertEquals(
        Optional.of(new SeenTransaction(40, Commitment.FINALIZED, 0, Optional.of("{}"))), of(1));
    pass(5_000);
    of(1);
    assertEquals(3, questions.size(), "what is final is not asked again");
  }

  @Test
  void severalAreOneQuestionAndFollowedOnlyWhileSomebodyAsks() throws Exception {
    book.of(List.of(signature(1), signature(2), signature(3)));
    assertEquals(1, questions.size());
    pass(500);
    book.follow();
    assertEquals(3, questions.getLast().size());
    pass(61_000);
    book.follow();
    assertEquals(2, questions.size());
  }

  @Test
  void whatOnlyASilentNodeCouldTellIsAnError() throws Exception {
    isSilent = true;
    blocks.add(40, List.of(signature(1)));
    assertEquals(seen(40, Commitment.PROCESSED, 0), of(1));
    assertThrows(IOException.class, () -> of(2));
  }
}
