package org.vexor.gossip.node;

import java.util.LinkedHashMap;
import java.util.Map;

/// How much each of many may still ask for: a bucket of tokens for each, that fills with time. A
/// bounded number of them; who was not heard of longest is forgotten, and starts full. One thread.
final class SenderBudgets<K> {
  private final double tokensPerMs;
  private final double burst;
  private final Map<K, Bucket> buckets;

  SenderBudgets(double tokensPerSecond, double burst, int capacity) {
    this.tokensPerMs = tokensPerSecond / 1000;
    this.burst = burst;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > capacity;
          }
        };
  }

  /// Whether there is anything left, before it is known what a request costs.
  boolean hasAny(K sender, long nowMs) {
    return bucket(sender, nowMs).tokens > 0;
  }

  /// Takes `cost`, if need be on credit.
  void charge(K sender, double cost, long nowMs) {
    bucket(sender, nowMs).tokens -= cost;
  }

  /// Tokens of a sender now.
  double left(K sender, long nowMs) {
    return Math.max(0, bucket(sender, nowMs).tokens);
  }

  private Bucket bucket(K sender, long nowMs) {
    Bucket bucket = buckets.get(sender);
    if (bucket == null) {
      bucket = new Bucket(burst, nowMs);
      buckets.put(sender, bucket);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, nowMs - bucket.atMs) * tokensPerMs);
    bucket.atMs = nowMs;
    return bucket;
  }

  private static final class Bucket {
    private double tokens;
    private long atMs;

    private Bucket(double tokens, long atMs) {
      this.tokens = tokens;
      this.atMs = atMs;
    }
  }
}
