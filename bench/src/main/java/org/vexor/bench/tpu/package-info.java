/// Transaction ports: our sender and our server beside Agave's. `bench/tpu` runs it. Entry type:
/// [TpuRates].
@NullMarked
package org.vexor.bench.tpu;

import org.jspecify.annotations.NullMarked;
