package org.vexor.netty;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Netty's leak detector, remembering what it finds; and the extension that fails a test class
/// which lost a buffer. The module's pom puts it in the place of Netty's.
public final class LeakCheck<T> extends ResourceLeakDetector<T> {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  /// As Netty makes it, in an older way that it asks for all the same.
  public LeakCheck(Class<?> resourceType, int samplingInterval, long maxActive) {
    super(resourceType, samplingInterval);
  }

  /// As Netty makes it.
  public LeakCheck(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    LEAKS.add(resourceType + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    LEAKS.add(resourceType);
  }

  /// Fails when a buffer became garbage with references left.
  public static final class Extension implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
      if (!isEnabled()) {
        throw new AssertionError("leak detection is off: see the module's pom");
      }
      for (int round = 0; round < 3; round++) {
        System.gc();
        // A detector reports what it lost when it tracks the next one.
        boolean _ = io.netty.buffer.UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        boolean _ = io.netty.buffer.PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
      }
      if (!LEAKS.isEmpty()) {
        String leaks = String.join("\n", LEAKS);
        LEAKS.clear();
        throw new AssertionError("buffers lost: " + leaks);
      }
    }
  }
}
