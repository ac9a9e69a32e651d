package org.vexor.bench.gossip;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.filter.Bloom;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageReader;
import org.vexor.gossip.message.MessageWriter;
import org.vexor.gossip.pull.PullFilters;
import org.vexor.gossip.pull.PullServer;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.random.ChaCha;

/// Answers to pull requests from a table of 10,000 nodes. Figures are per request.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class PullBenchmark {
  private static final int NODES = 10_000;

  /// A contact info of usual length, which goes with each request.
  private static final int CALLER_BYTES = 200;

  private final CrdsTable table = new MadeContacts(NODES).table();
  private final PullServer server = new PullServer(table, ChaCha.chaCha8());
  private final List<CrdsFilter> full =
      new PullFilters(table, ChaCha.chaCha8()).round(CALLER_BYTES);
  private final byte[] datagram = new byte[MessageReader.MAXIMUM_BYTES];
  private final WireWriter out = new WireWriter();
  private int next;

  /// The filter of a node that has all of its part: one in ten values looks new at most, and none
  /// of them is.
  @Benchmark
  public int fullFilter() {
    next = (next + 1) % full.size();
    return answer(full.get(next), Integer.MAX_VALUE);
  }

  /// The filter of a node that has nothing: all of its part goes out, as no budget would let it.
  @Benchmark
  public int emptyFilter() {
    next = (next + 1) & 63;
    int bytes = answer(CrdsFilter.of(Bloom.of(64, 1), next, 6), Integer.MAX_VALUE);
    if (bytes < NODES / 64 * 100) {
      throw new IllegalStateException("an answer of " + bytes + " bytes is not all of the part");
    }
    return bytes;
  }

  private int answer(CrdsFilter filter, int budgetBytes) {
    List<CrdsValue> missing = server.missing(filter, MadeContacts.NOW_MS, budgetBytes);
    int sent = 0;
    int first = 0;
    int bytes = 0;
    for (int i = 0; i <= missing.size(); i++) {
      int length = i < missing.size() ? missing.get(i).length() : MessageWriter.VALUES_BYTES;
      if (bytes + length > MessageWriter.VALUES_BYTES && i > first) {
        out.wrap(datagram);
        MessageWriter.write(
            new GossipMessage.PullResponse(Pubkey.ZERO, missing.subList(first, i)), out);
        sent += out.length();
        first = i;
        bytes = 0;
      }
      bytes += length;
    }
    return sent;
  }
}
