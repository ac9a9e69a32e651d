package org.vexor.tpu.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vexor.solana.Pubkey;

/// Records of the leaders used last. Any thread; a short lock.
final class LeaderTable {
  private final Map<Pubkey, LeaderRecord> records;

  LeaderTable(int most) {
    records =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Pubkey, LeaderRecord> eldest) {
            return size() > most;
          }
        };
  }

  synchronized void sent(Pubkey leader) {
    record(leader).sent();
  }

  synchronized void acknowledged(Pubkey leader, long tookNs) {
    record(leader).acknowledged(tookNs);
  }

  synchronized void landed(Pubkey leader, long tookNs) {
    record(leader).landed(tookNs);
  }

  synchronized List<LeaderStatistics> all() {
    return records.entrySet().stream()
        .map(entry -> entry.getValue().statistics(entry.getKey()))
        .toList();
  }

  private LeaderRecord record(Pubkey leader) {
    return records.computeIfAbsent(leader, key -> new LeaderRecord());
  }
}
