package org.vexor.gossip.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vexor.gossip.TestIdentities.SHRED_VERSION;
import static org.vexor.gossip.TestIdentities.START_MS;
import static org.vexor.gossip.TestIdentities.contact;
import static org.vexor.gossip.TestIdentities.key;
import static org.vexor.gossip.TestIdentities.signed;
import static org.vexor.gossip.TestIdentities.signedContact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.TestIdentities;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.CrdsKind;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.MadeValues;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.Octets;

final class CrdsTableTest {
  private static final int SELF = 0;

  private final List<CrdsValue> removed = new ArrayList<>();
  private final CrdsTable table = table(8192);

  private CrdsTable table(int maximumOwners) {
    return new CrdsTable(
        TableOptions.of(key(SELF), SHRED_VERSION).withMaximumOwners(maximumOwners),
        new TableListener() {
          @Override
          public void removed(CrdsValue value) {
            removed.add(value);
          }
        });
  }

  @Test
  void theLaterValueStays() {
    assertEquals(InsertOutcome.INSERTED, push(signedContact(1, START_MS)));
    assertEquals(InsertOutcome.DUPLICATE, push(signedContact(1, START_MS)));
    assertEquals(InsertOutcome.REPLACED, push(signedContact(1, START_MS + 5)));
    assertEquals(InsertOutcome.OUTDATED, push(signedContact(1, START_MS + 1)));
    assertEquals(START_MS + 5, table.contact(key(1)).orElseThrow().wallclockMs());
    assertEquals(2, table.droppedCount(), "the first one and the late one");
    assertEquals(1, table.size());
  }

  @Test
  void theRestartedProcessStaysWhateverItsClock() {
    push(signedContact(1, START_MS));
    var restarted = contact(1, START_MS - 20_000, START_MS * 1000 + 1, SHRED_VERSION);
    assertEquals(InsertOutcome.REPLACED, push(signed(1, restarted)));
    assertEquals(InsertOutcome.OUTDATED, push(signedContact(1, START_MS + 9)));
  }

  @Test
  void ofTwoAtOneTimeTheGreaterHashStays() {
    push(signedContact(1, START_MS));
    CrdsValue one = signed(1, new CrdsData.LowestSlot(key(1), 7, START_MS));
    CrdsValue other = signed(1, new CrdsData.LowestSlot(key(1), 8, START_MS));
    CrdsValue greater = one.hash().compareTo(other.hash()) > 0 ? one : other;
    CrdsValue lesser = greater.equals(one) ? other : one;
    assertEquals(InsertOutcome.INSERTED, push(lesser));
    assertEquals(InsertOutcome.REPLACED, push(greater));
    assertEquals(InsertOutcome.OUTDATED, push(lesser));
  }

  @Test
  void indexesFollowAMovedContact() {
    push(signedContact(1, START_MS));
    Endpoint tvu = TestIdentities.address(1).withPort(8002);
    assertEquals(Optional.of(key(1)), table.ownerOfTvu(tvu));
    ContactInfo moved =
        ContactInfo.of(
            key(1),
            START_MS + 1,
            START_MS * 1000,
            SHRED_VERSION,
            org.vexor.gossip.crds.ClientVersion.VEXOR,
            Map.of(SocketKey.TVU, Endpoint.parse("10.9.9.9:1")));
    push(signed(1, moved));
    assertEquals(Optional.empty(), table.ownerOfTvu(tvu));
    assertEquals(Optional.of(key(1)), table.ownerOfTvu(Endpoint.parse("10.9.9.9:1")));
    assertEquals(Optional.empty(), table.ownerOfGossip(TestIdentities.address(1)));
    assertEquals(1, table.contactCount());
  }

  @Test
  void otherClustersAndIpv6AndRemovedKindsStayOut() {
    assertEquals(
        InsertOutcome.SHRED_VERSION, push(signed(1, contact(1, START_MS, 1, SHRED_VERSION + 1))));
    assertEquals(
        InsertOutcome.SHRED_VERSION,
        push(signed(1, new CrdsData.LowestSlot(key(1), 7, START_MS))),
        "nobody knows its cluster");
    ContactInfo ipv6 =
        ContactInfo.of(
            key(1),
            START_MS,
            1,
            SHRED_VERSION,
            org.vexor.gossip.crds.ClientVersion.VEXOR,
            Map.of(SocketKey.GOSSIP, Endpoint.parse("[2001:db8::1]:8001")));
    assertEquals(InsertOutcome.IPV6, push(signed(1, ipv6)));
    var old = new CrdsData.Removed(CrdsKind.VERSION, key(1), START_MS, Octets.EMPTY);
    assertEquals(InsertOutcome.KIND_REMOVED, push(signed(1, old)));
    assertEquals(0, table.size());
  }

  @Test
  void pushesMustBeOfOurTime() {
    assertEquals(InsertOutcome.INSERTED, push(signedContact(1, START_MS - 30_000)));
    assertEquals(InsertOutcome.INSERTED, push(signedContact(2, START_MS + 30_000)));
    assertEquals(InsertOutcome.WALLCLOCK, push(signedContact(3, START_MS - 30_001)));
    assertEquals(InsertOutcome.WALLCLOCK, push(signedContact(4, START_MS + 30_001)));
  }

  @Test
  void pulledValuesMayBeAsOldAsTheyAreKept() {
    table.stakes(Stakes.of(Map.of(key(1), 1L)));
    assertEquals(InsertOutcome.INSERTED, pull(signedContact(1, START_MS - 3_600_000)));
    assertEquals(InsertOutcome.EXPIRED, pull(signedContact(2, START_MS - 15_001)), "no stake");
    assertEquals(InsertOutcome.INSERTED, pull(signedContact(2, START_MS - 15_000)));
    assertEquals(
        InsertOutcome.INSERTED,
        pull(signed(2, new CrdsData.LowestSlot(key(2), 7, START_MS - 60_000))),
        "its owner is known");
  }

  @Test
  void valuesGoWhenTheirOwnerIsNotHeardOf() {
    table.stakes(Stakes.of(Map.of(key(1), 1L)));
    table.insertOwn(signedContact(SELF, START_MS), START_MS);
    push(signedContact(1, START_MS));
    push(signedContact(2, START_MS));
    push(signedContact(3, START_MS));
    push(signed(3, new CrdsData.LowestSlot(key(3), 7, START_MS)));
    table.touch(key(3), START_MS + 10_000);
    assertEquals(0, table.purge(START_MS + 15_000));
    assertEquals(1, table.purge(START_MS + 15_001), "2 has no stake");
    assertEquals(2, table.purge(START_MS + 25_001), "and 3 with all it said");
    assertEquals(0, table.purge(START_MS + 48 * 3_600_000L));
    assertEquals(1, table.purge(START_MS + 48 * 3_600_000L + 1));
    assertEquals(4, removed.size());
    assertEquals(1, table.size(), "what we say ourselves stays");
  }

  @Test
  void withoutAnyStakeEverybodyIsKeptLong() {
    push(signedContact(1, START_MS));
    assertEquals(0, table.purge(START_MS + 3_600_000));
  }

  @Test
  void onlyTheStakedFillTablesOfALargeCluster() {
    var stakes = new HashMap<Pubkey, Long>();
    for (int i = 2; i < 502; i++) {
      stakes.put(key(i), Stakes.LAMPORTS_PER_SOL);
    }
    table.stakes(Stakes.of(stakes));
    push(signedContact(1, START_MS));
    push(signedContact(2, START_MS));
    assertEquals(
        InsertOutcome.OWNER_UNSTAKED,
        push(signed(1, new CrdsData.LowestSlot(key(1), 7, START_MS))));
    assertEquals(
        InsertOutcome.INSERTED, push(signed(2, new CrdsData.LowestSlot(key(2), 7, START_MS))));
  }

  @Test
  void aSecondProcessWithOurIdentityIsNoticed() {
    table.insertOwn(signedContact(SELF, START_MS), START_MS);
    var earlier = contact(SELF, START_MS + 9, START_MS * 1000 - 1, SHRED_VERSION);
    var later = contact(SELF, START_MS, START_MS * 1000 + 1, SHRED_VERSION);
    assertEquals(InsertOutcome.OWN_LABEL, push(signed(SELF, earlier)));
    assertEquals(InsertOutcome.DUPLICATE_INSTANCE, push(signed(SELF, later)));
    assertEquals(START_MS, table.contact(key(SELF)).orElseThrow().wallclockMs());
  }

  @Test
  void forgedNewcomersDisplaceEachOther() {
    CrdsTable small = table(100);
    small.stakes(Stakes.of(Map.of(key(50), 1L)));
    small.insertOwn(signedContact(SELF, START_MS), START_MS);
    for (int i = 1; i <= 10_000; i++) {
      small.insert(signedContact(i, START_MS), Route.PUSH, START_MS);
      assertTrue(small.ownerCount() <= 110, "bounded");
    }
    assertTrue(small.contact(key(50)).isPresent(), "has stake");
    assertTrue(small.contact(key(SELF)).isPresent());
    assertTrue(small.contact(key(1)).isPresent(), "was first");
    assertEquals(small.size(), small.ownerCount());
    assertEquals(small.size(), small.contactCount());
    assertFalse(small.contact(key(9_000)).isPresent());
  }

  /// All indexes against a plain look at all values.
  @Property(tries = 50)
  void partsHoldWhatBelongsToThem(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 12) int bits) {
    var random = new Random(seed);
    CrdsTable any = table(50);
    for (int i = 0; i < 300; i++) {
      int number = 1 + random.nextInt(80);
      CrdsData data =
          random.nextBoolean()
              ? contact(number, START_MS + random.nextInt(100))
              : new CrdsData.SnapshotHashes(
                  key(number),
                  new CrdsData.SlotHash(1, MadeValues.hash(random)),
                  List.of(),
                  START_MS + random.nextInt(100));
      any.insert(signed(number, data), Route.PUSH, START_MS);
    }
    any.purge(START_MS + random.nextInt(100_000_000));
    long rest = bits == 0 ? -1 : -1L >>> bits;
    var found = new HashSet<CrdsEntry>();
    for (long part = 0; part < 1L << bits; part++) {
      long mask = bits == 0 ? -1 : part << (64 - bits) | rest;
      any.forEachInPart(mask, bits, entry -> assertTrue(found.add(entry)));
    }
    assertEquals(new HashSet<>(any.entries()), found);
  }

  private InsertOutcome push(CrdsValue value) {
    return table.insert(value, Route.PUSH, START_MS);
  }

  private InsertOutcome pull(CrdsValue value) {
    return table.insert(value, Route.PULL_RESPONSE, START_MS);
  }
}
