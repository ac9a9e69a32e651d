package org.vexor.node.spy;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.ContactSocket;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.KnownContact;

/// One node as it is shown.
///
/// @param ageMs since it was heard of last
/// @param sockets address by the name of what it is for
public record ContactRow(
    String identity,
    int shredVersion,
    String version,
    String client,
    long stakeLamports,
    long ageMs,
    Map<String, String> sockets) {

  /// How rows can be ordered.
  public enum Order {
    IDENTITY,
    VERSION,
    CLIENT,
    STAKE,
    AGE;

    private Comparator<ContactRow> comparator() {
      return switch (this) {
        case IDENTITY -> Comparator.comparing(ContactRow::identity);
        case VERSION -> Comparator.comparing(ContactRow::version).reversed();
        case CLIENT -> Comparator.comparing(ContactRow::client);
        case STAKE -> Comparator.comparingLong(ContactRow::stakeLamports).reversed();
        case AGE -> Comparator.comparingLong(ContactRow::ageMs);
      };
    }
  }

  /// The rows of contacts that have `filter` somewhere in identity, version, client or addresses.
  public static List<ContactRow> of(
      List<KnownContact> contacts, String filter, Order order, long nowMs) {
    String wanted = filter.toLowerCase(Locale.ROOT);
    return contacts.stream()
        .map(contact -> of(contact, nowMs))
        .filter(row -> row.text().toLowerCase(Locale.ROOT).contains(wanted))
        .sorted(order.comparator().thenComparing(ContactRow::identity))
        .toList();
  }

  private static ContactRow of(KnownContact contact, long nowMs) {
    ContactInfo info = contact.info();
    var sockets = new LinkedHashMap<String, String>();
    for (ContactSocket socket : info.sockets()) {
      SocketKey.of(socket.key())
          .ifPresent(
              key ->
                  info.socket(key)
                      .ifPresent(endpoint -> sockets.put(key.text(), endpoint.toString())));
    }
    return new ContactRow(
        info.owner().toString(),
        info.shredVersion(),
        info.version().number(),
        info.version().clientName(),
        contact.stakeLamports(),
        Math.max(0, nowMs - contact.heardMs()),
        sockets);
  }

  private String text() {
    return identity + ' ' + version + ' ' + client + ' ' + sockets;
  }

  /// The address for `key`, or a dash.
  String socket(SocketKey key) {
    return sockets.getOrDefault(key.text(), "-");
  }
}
