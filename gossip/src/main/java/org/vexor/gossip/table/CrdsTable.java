package org.vexor.gossip.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsKind;
import org.vexor.gossip.crds.CrdsLabel;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;

/// The newest value of every label, with the indexes that others ask by. One thread.
public final class CrdsTable {
  private static final long DROPPED_KEPT_MS = 75_000; // Agave: five times the unstaked time-out
  private static final long FAILED_KEPT_MS = 20_000;

  private final TableOptions options;
  private final AcceptRules rules;
  private final Map<CrdsLabel, CrdsEntry> entries = new HashMap<>();
  private final Map<Pubkey, List<CrdsEntry>> owners = new LinkedHashMap<>();
  private final AddressIndex byTvu = new AddressIndex(SocketKey.TVU);
  private final AddressIndex byGossip = new AddressIndex(SocketKey.GOSSIP);
  private final CrdsShards shards = new CrdsShards();
  private final DroppedHashes dropped;
  private final DroppedHashes failed;
  private final TableListener listener;
  private Stakes stakes = Stakes.NONE;
  private int contacts;

  /// An empty table.
  public CrdsTable(TableOptions options, TableListener listener) {
    this.options = options;
    this.rules = new AcceptRules(options);
    this.dropped = new DroppedHashes(options.maximumDropped(), DROPPED_KEPT_MS);
    this.failed = new DroppedHashes(options.maximumDropped(), FAILED_KEPT_MS);
    this.listener = listener;
  }

  /// Stakes from now on.
  public void stakes(Stakes newStakes) {
    stakes = newStakes;
  }

  public Stakes stakes() {
    return stakes;
  }

  /// Takes a value of our own.
  public InsertOutcome insertOwn(CrdsValue value, long nowMs) {
    return place(value, nowMs);
  }

  /// Takes a value of somebody else, if the rules let it in.
  ///
  /// @param route how it came
  public InsertOutcome insert(CrdsValue value, Route route, long nowMs) {
    if (isHere(value)) {
      return InsertOutcome.DUPLICATE;
    }
    InsertOutcome refusal =
        rules.judge(value, route, stakes, contactOrNull(value.data().owner()), nowMs);
    if (refusal != InsertOutcome.INSERTED) {
      if (route == Route.PULL_RESPONSE && refusal == InsertOutcome.EXPIRED) {
        failed.add(value, nowMs);
      }
      return refusal;
    }
    InsertOutcome outcome = place(value, rules.localMs(value, route, stakes, nowMs));
    if (outcome == InsertOutcome.OUTDATED) {
      (route == Route.PUSH ? dropped : failed).add(value, nowMs);
    }
    return outcome;
  }

  /// Whether this very value is in the table.
  public boolean isHere(CrdsValue value) {
    CrdsEntry entry = entries.get(value.label());
    return entry != null && entry.value().equals(value);
  }

  private InsertOutcome place(CrdsValue value, long localMs) {
    CrdsLabel label = value.label();
    CrdsEntry old = entries.get(label);
    if (old != null && old.value().equals(value)) {
      return InsertOutcome.DUPLICATE;
    }
    if (old != null && !overrides(value, old.value())) {
      return InsertOutcome.OUTDATED;
    }
    var entry = new CrdsEntry(value, localMs);
    if (old != null) {
      forget(old);
      dropped.add(old.value(), localMs);
    }
    entries.put(label, entry);
    owners.computeIfAbsent(label.owner(), owner -> new ArrayList<>(1)).add(entry);
    shards.add(entry);
    if (value.data() instanceof ContactInfo info) {
      byTvu.add(info);
      byGossip.add(info);
      contacts++;
    }
    listener.taken(entry);
    trim();
    return old == null ? InsertOutcome.INSERTED : InsertOutcome.REPLACED;
  }

  /// The later process, the later wall clock, and between equals the greater hash.
  private static boolean overrides(CrdsValue value, CrdsValue old) {
    if (value.data() instanceof ContactInfo mine && old.data() instanceof ContactInfo theirs) {
      int age = mine.compareAge(theirs);
      if (age != 0) {
        return age > 0;
      }
    }
    int byTime = Long.compare(value.data().wallclockMs(), old.data().wallclockMs());
    return byTime != 0 ? byTime > 0 : value.hash().compareTo(old.hash()) > 0;
  }

  /// Takes an entry out of every index but that of labels and owners' order.
  private void forget(CrdsEntry entry) {
    shards.remove(entry);
    Pubkey owner = entry.value().data().owner();
    List<CrdsEntry> rest = owners.get(owner);
    if (rest != null) {
      rest.remove(entry);
    }
    if (entry.value().data() instanceof ContactInfo info) {
      byTvu.remove(info);
      byGossip.remove(info);
      contacts--;
    }
  }

  private void remove(CrdsEntry entry, long nowMs) {
    entries.remove(entry.value().label());
    forget(entry);
    dropped.add(entry.value(), nowMs);
    listener.removed(entry.value());
  }

  /// Notes that an owner is alive: its contact info counts as heard of now, and with it all else.
  public void touch(Pubkey owner, long nowMs) {
    CrdsEntry contact = entries.get(contactLabel(owner));
    if (contact != null) {
      contact.touch(nowMs);
    }
  }

  /// Drops what is too old; call it once a second or so.
  ///
  /// @return how many values went
  public int purge(long nowMs) {
    dropped.expire(nowMs);
    failed.expire(nowMs);
    var old = new ArrayList<CrdsEntry>();
    owners.forEach(
        (owner, values) -> {
          long timeoutMs = rules.timeoutMs(owner, stakes);
          CrdsEntry contact = entries.get(contactLabel(owner));
          if (contact == null || isOld(contact, timeoutMs, nowMs)) {
            values.stream().filter(entry -> isOld(entry, timeoutMs, nowMs)).forEach(old::add);
          }
        });
    old.forEach(entry -> remove(entry, nowMs));
    owners.values().removeIf(List::isEmpty);
    return old.size();
  }

  private static boolean isOld(CrdsEntry entry, long timeoutMs, long nowMs) {
    return nowMs - entry.localMs() > timeoutMs;
  }

  /// Keeps the number of owners in bounds, a tenth at a time.
  private void trim() {
    int bound = options.maximumOwners();
    if (owners.size() <= bound + bound / 10) {
      return;
    }
    var candidates = new ArrayList<>(owners.keySet()); // in the order in which they came
    Collections.reverse(candidates);
    candidates.remove(options.self());
    candidates.sort(Comparator.comparingLong(stakes::lamports));
    for (Pubkey owner : candidates.subList(0, owners.size() - bound)) {
      List<CrdsEntry> values = owners.remove(owner);
      if (values != null) {
        List.copyOf(values).forEach(entry -> remove(entry, entry.localMs()));
      }
    }
  }

  /// The contact info of an identity.
  public Optional<ContactInfo> contact(Pubkey owner) {
    return Optional.ofNullable(contactOrNull(owner));
  }

  private @Nullable ContactInfo contactOrNull(Pubkey owner) {
    CrdsEntry entry = entries.get(contactLabel(owner));
    return entry != null && entry.value().data() instanceof ContactInfo info ? info : null;
  }

  private static CrdsLabel contactLabel(Pubkey owner) {
    return new CrdsLabel(CrdsKind.CONTACT_INFO, owner, 0);
  }

  /// Who receives shreds at an address.
  public Optional<Pubkey> ownerOfTvu(Endpoint tvu) {
    return byTvu.owner(tvu);
  }

  /// Who gossips at an address.
  public Optional<Pubkey> ownerOfGossip(Endpoint gossip) {
    return byGossip.owner(gossip);
  }

  /// The entry of a label.
  public Optional<CrdsEntry> entry(CrdsLabel label) {
    return Optional.ofNullable(entries.get(label));
  }

  /// All entries, in no order; a view.
  public Collection<CrdsEntry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  /// Every contact info, in the order in which their owners came.
  public void forEachContact(Consumer<CrdsEntry> action) {
    for (Pubkey owner : owners.keySet()) {
      CrdsEntry entry = entries.get(contactLabel(owner));
      if (entry != null) {
        action.accept(entry);
      }
    }
  }

  /// How many contact infos there are, ours included.
  public int contactCount() {
    return contacts;
  }

  /// How many identities have a value.
  public int ownerCount() {
    return owners.size();
  }

  /// How many values there are.
  public int size() {
    return entries.size();
  }

  /// How many hashes are remembered of values that we do not want again.
  public int droppedCount() {
    return dropped.size() + failed.size();
  }

  /// Every entry whose hash begins with the high `maskBits` bits of `mask`.
  public void forEachInPart(long mask, int maskBits, Consumer<CrdsEntry> action) {
    shards.forEach(mask, maskBits, action);
  }

  /// Every hash that we do not want again.
  public void forEachDropped(HashVisitor action) {
    dropped.forEach(action);
    failed.forEach(action);
  }
}
