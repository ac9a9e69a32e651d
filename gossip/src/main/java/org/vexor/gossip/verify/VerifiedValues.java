package org.vexor.gossip.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.solana.Hash;

/// Values that were checked lately and found good: the same news comes by way of several peers at
/// nearly the same time. One thread.
public final class VerifiedValues {
  private final Map<Hash, CrdsValue> values;

  /// @param capacity how many are remembered
  public VerifiedValues(int capacity) {
    values =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Hash, CrdsValue> eldest) {
            return size() > capacity;
          }
        };
  }

  @Nullable CrdsValue find(CrdsValue value) {
    return values.get(value.hash());
  }

  void add(CrdsValue value) {
    values.put(value.hash(), value);
  }
}
