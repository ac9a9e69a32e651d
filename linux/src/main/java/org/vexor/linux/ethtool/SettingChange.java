package org.vexor.linux.ethtool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A setting of an interface that was changed; closing puts the former values back.
///
/// Owned by who asked for the change. Threading: any thread may close. A process that is killed
/// leaves the change behind: [#former()] says what it was, for a log line that tells how to undo
/// it.
///
/// @param <T> the kind of setting
public final class SettingChange<T> implements AutoCloseable {
  private final T former;
  private final Consumer<T> restore;
  private final AtomicBoolean restored = new AtomicBoolean();

  SettingChange(T former, Consumer<T> restore) {
    this.former = former;
    this.restore = restore;
  }

  /// What was in force before.
  public T former() {
    return former;
  }

  /// Puts the former values back; harmless when called again.
  ///
  /// @throws org.vexor.linux.KernelException when the driver refuses, ENODEV when the interface is
  ///   gone
  @Override
  public void close() {
    if (restored.compareAndSet(false, true)) {
      restore.accept(former);
    }
  }
}
