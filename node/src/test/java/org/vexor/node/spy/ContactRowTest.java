package org.vexor.node.spy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.ClientVersion;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.KnownContact;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;

final class ContactRowTest {
  private static final List<KnownContact> CONTACTS =
      List.of(
          contact(1, new ClientVersion(4, 2, 2, 0, 0, 3), 5), contact(2, ClientVersion.VEXOR, 9));

  @Test
  void rowsAreFilteredAndSorted() {
    assertEquals(2, ContactRow.of(CONTACTS, "", ContactRow.Order.IDENTITY, 100).size());
    assertEquals(
        "Agave", ContactRow.of(CONTACTS, "agave", ContactRow.Order.AGE, 100).getFirst().client());
    assertEquals(
        "Vexor", ContactRow.of(CONTACTS, "", ContactRow.Order.STAKE, 100).getFirst().client());
    assertEquals(
        List.of(60L, 80L),
        ContactRow.of(CONTACTS, "10.0.0.", ContactRow.Order.AGE, 100).stream()
            .map(ContactRow::ageMs)
            .toList());
    assertEquals(List.of(), ContactRow.of(CONTACTS, "nobody", ContactRow.Order.AGE, 100));
  }

  @Test
  void theTableSumsUpByClientAndVersion() {
    List<ContactRow> rows = ContactRow.of(CONTACTS, "", ContactRow.Order.IDENTITY, 100);
    var text = new StringWriter();
    ContactTable.print(rows, 1, new PrintWriter(text));
    assertTrue(text.toString().contains("and 1 more"), text.toString());
    assertTrue(text.toString().contains("2 nodes: 1 Agave 4.2.2, 1 Vexor 0.1.0"), text.toString());
  }

  @Test
  void csvHasAColumnForEachSocket() {
    var text = new StringWriter();
    ContactCsv.print(ContactRow.of(CONTACTS, "", ContactRow.Order.AGE, 100), new PrintWriter(text));
    List<String> lines = text.toString().lines().toList();
    assertEquals(3, lines.size());
    for (String line : lines) {
      assertEquals(5 + SocketKey.values().length, line.chars().filter(c -> c == ',').count(), line);
    }
    assertTrue(lines.get(1).contains("10.0.0.2:8001"), lines.get(1));
  }

  private static KnownContact contact(int number, ClientVersion version, long stake) {
    byte[] key = new byte[Pubkey.LENGTH];
    key[0] = (byte) number;
    return new KnownContact(
        ContactInfo.of(
            Pubkey.of(key),
            1,
            1,
            4242,
            version,
            Map.of(SocketKey.GOSSIP, Endpoint.parse("10.0.0." + number + ":8001"))),
        20L * number,
        stake);
  }
}
