package org.vexor.gossip.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vexor.gossip.TestIdentities.SHRED_VERSION;
import static org.vexor.gossip.TestIdentities.START_MS;
import static org.vexor.gossip.TestIdentities.key;
import static org.vexor.gossip.TestIdentities.signedContact;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.filter.Bloom;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.message.Datagrams;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageReader;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.Route;
import org.vexor.gossip.table.TableListener;
import org.vexor.gossip.table.TableOptions;
import org.vexor.solana.random.ChaCha;

final class PullTest {
  private final CrdsTable server = table();
  private final CrdsTable client = table();
  private final PullServer pullServer = new PullServer(server, ChaCha.chaCha8());
  private final PullFilters pullFilters = new PullFilters(client, ChaCha.chaCha8());

  private static CrdsTable table() {
    return new CrdsTable(TableOptions.of(key(0), SHRED_VERSION), TableListener.NONE);
  }

  @Test
  void aRoundAsksForOnePartInEightInOneDatagramEach() {
    CrdsValue caller = signedContact(1, START_MS);
    List<CrdsFilter> round = pullFilters.round(caller.length());
    assertEquals(8, round.size());
    assertEquals(8, round.stream().mapToLong(CrdsFilter::mask).distinct().count());
    for (CrdsFilter filter : round) {
      assertTrue(filter.isServed());
      byte[] request = Datagrams.write(new GossipMessage.PullRequest(filter, caller));
      assertTrue(request.length <= MessageReader.MAXIMUM_BYTES, request.length + " bytes");
    }
  }

  @Test
  void roundsBringEverythingButTheFiltersWrongAnswers() {
    for (int i = 1; i <= 2000; i++) {
      server.insert(signedContact(i, START_MS), Route.PUSH, START_MS);
    }
    Set<CrdsValue> got = new HashSet<>();
    for (int round = 0; round < 100; round++) {
      for (CrdsFilter filter : pullFilters.round(200)) {
        for (CrdsValue value : pullServer.missing(filter, START_MS, 1 << 20)) {
          client.insert(value, Route.PULL_RESPONSE, START_MS);
          assertTrue(got.add(value), "what the filter has is not sent again");
        }
      }
    }
    assertEquals(2000, client.size());
  }

  @Test
  void budgetAndClockBoundTheAnswer() {
    for (int i = 1; i <= 500; i++) {
      server.insert(signedContact(i, START_MS), Route.PUSH, START_MS);
    }
    server.insert(signedContact(501, START_MS + 10_000), Route.PUSH, START_MS);
    CrdsFilter everything = new CrdsFilter(Bloom.of(64, 1), -1, 0);
    List<CrdsValue> few = pullServer.missing(everything, START_MS, 10_000);
    int bytes = few.stream().mapToInt(CrdsValue::length).sum();
    assertTrue(bytes <= 10_000 && bytes > 9_500, bytes + " bytes");
    assertEquals(500, pullServer.missing(everything, START_MS, 1 << 20).size(), "not the new one");
    assertEquals(501, pullServer.missing(everything, START_MS + 10_000, 1 << 20).size());
    assertEquals(0, pullServer.missing(everything, START_MS, 0).size());
  }
}
