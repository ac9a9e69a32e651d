package org.vexor.bench.gossip;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageReader;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.Route;

/// How much of the heap a table of so many contacts takes that came in datagrams: what is used
/// after a collection, with them less without. Prints one JSON line.
public final class TableSize {
  private static final int COLLECTIONS = 5;
  private static final long REST_NS = 50_000_000;

  private TableSize() {}

  /// Measures once.
  ///
  /// @param args how many contacts; 10,000 by default
  public static void main(String[] args) {
    int nodes = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    List<byte[]> datagrams = new MadeContacts(nodes).datagrams();
    long before = usedBytes();
    CrdsTable table = MadeContacts.emptyTable(nodes);
    var reader = new MessageReader();
    for (byte[] datagram : datagrams) {
      if (reader.read(datagram, 0, datagram.length) instanceof MessageReader.Reading.Read read
          && read.message() instanceof GossipMessage.Push push) {
        push.values().forEach(value -> table.insert(value, Route.PUSH, MadeContacts.NOW_MS));
      }
    }
    long bytes = usedBytes() - before;
    System.out.printf(Locale.ROOT, "{\"contacts\":%d,\"bytes\":%d}%n", table.contactCount(), bytes);
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      LockSupport.parkNanos(REST_NS);
    }
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    return heap.getUsed();
  }
}
