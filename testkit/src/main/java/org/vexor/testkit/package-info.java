/// The test bed: captured data, virtual hosts in network namespaces, conditions to await.
///
/// Used by tests and benchmarks only; no other module depends on it at run time. Entry types:
/// [Fixtures] for captured data. Knows nothing of the modules it tests.
@NullMarked
package org.vexor.testkit;

import org.jspecify.annotations.NullMarked;
