package org.vexor.tpu.server;

import org.vexor.solana.Pubkey;

/// Who has how much of the stake. Asked once a connection, on event loops; must be quick.
public interface Stakes {
  /// Nobody has any.
  Stakes NONE =
      new Stakes() {
        @Override
        public long of(Pubkey identity) {
          return 0;
        }

        @Override
        public long total() {
          return 0;
        }
      };

  /// Lamports staked with this identity; 0 when there are none.
  long of(Pubkey identity);

  /// Lamports staked with all.
  long total();
}
