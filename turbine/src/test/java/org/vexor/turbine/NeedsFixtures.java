package org.vexor.turbine;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.vexor.testkit.Fixtures;

/// Skips a property where there are no fixtures, with the reason: to jqwik an assumption that fails
/// in every try is a failure.
public final class NeedsFixtures implements SkipExecutionHook {
  @Override
  public SkipResult shouldBeSkipped(LifecycleContext context) {
    return Fixtures.missing().map(SkipResult::skip).orElseGet(SkipResult::doNotSkip);
  }
}
