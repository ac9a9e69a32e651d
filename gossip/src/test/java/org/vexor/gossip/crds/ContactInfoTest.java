package org.vexor.gossip.crds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;
import org.vexor.testkit.Fixtures;

final class ContactInfoTest {
  private static final IpAddress LOOPBACK = IpAddress.of(Endpoint.loopback(0));

  @Test
  void readsWhatAgaveWrote() throws IOException {
    JsonNode vector =
        new ObjectMapper()
            .readTree(Fixtures.solanaBytes("sig/kat-gossip-repair.json"))
            .path("contact_info");
    byte[] bytes = HexFormat.of().parseHex(vector.path("hex").asText());
    var fault = new Fault();
    var in = new WireReader(bytes);
    ContactInfo info = ContactInfoCodec.read(in, fault);
    in.expectEnd();
    assertTrue(in.ok());
    assertEquals(GossipRefusal.NONE, fault.reason());
    assertEquals(vector.path("pubkey").asText(), info.owner().toString());
    assertEquals(vector.path("wallclock_ms").asLong(), info.wallclockMs());
    assertEquals(vector.path("outset_us").asLong(), info.outsetUs());
    assertEquals(vector.path("shred_version").asInt(), info.shredVersion());
    assertEquals(vector.path("version").asText(), info.version().number());
    assertEquals(vector.path("feature_set").asInt(), info.version().featureSet());
    assertEquals("Agave", info.version().clientName());
    JsonNode sockets = vector.path("sockets_by_key");
    assertEquals(sockets.size(), info.sockets().size());
    for (Map.Entry<String, JsonNode> socket : sockets.properties()) {
      SocketKey key = SocketKey.of(Integer.parseInt(socket.getKey())).orElseThrow();
      assertEquals(
          Optional.of(Endpoint.loopback(socket.getValue().asInt())), info.socket(key), key.text());
    }
    assertArrayEquals(bytes, bytes(info));
  }

  @Test
  void versionsBeforeReleaseAreNamed() {
    assertEquals("4.3.0-beta.1", new ClientVersion(4, 0x8003, 1, 0, 0, 3).number());
    assertEquals("4.0.0-alpha.2", new ClientVersion(4, 0xc000, 2, 0, 0, 3).number());
    assertEquals("client 77", new ClientVersion(4, 0, 0, 0, 0, 77).clientName());
    assertEquals("Vexor", ClientVersion.VEXOR.clientName());
  }

  @Test
  void socketsThatNothingCanBeSentToAreNotThere() {
    for (String host : List.of("0.0.0.0", "224.0.0.1", "[::]", "[ff02::1]")) {
      Endpoint endpoint = Endpoint.parse(host + ":8001");
      assertEquals(Optional.empty(), with(endpoint).socket(SocketKey.GOSSIP), host);
    }
    assertEquals(Optional.empty(), with(Endpoint.loopback(0)).socket(SocketKey.GOSSIP));
    assertEquals(Optional.empty(), with(Endpoint.loopback(8001)).socket(SocketKey.TVU));
    assertTrue(with(Endpoint.parse("[::1]:8001")).hasIpv6());
  }

  @Test
  void addressesAndSocketsMustFit() {
    assertEquals(GossipRefusal.NONE, fault(List.of(LOOPBACK), new ContactSocket(0, 0, 5)));
    assertEquals(GossipRefusal.NONE, fault(List.of(LOOPBACK), new ContactSocket(200, 0, 5)));
    assertEquals(GossipRefusal.CONTACT_INFO, fault(List.of(), new ContactSocket(0, 0, 5)));
    assertEquals(GossipRefusal.CONTACT_INFO, fault(List.of(LOOPBACK)), "nobody uses it");
    assertEquals(
        GossipRefusal.CONTACT_INFO,
        fault(List.of(LOOPBACK, LOOPBACK), new ContactSocket(0, 0, 5), new ContactSocket(1, 1, 5)),
        "twice the same");
    assertEquals(
        GossipRefusal.CONTACT_INFO,
        fault(List.of(LOOPBACK), new ContactSocket(3, 0, 5), new ContactSocket(3, 0, 6)),
        "two of one key");
  }

  @Test
  void portsMayNotOverflow() {
    byte[] bytes =
        bytes(contact(List.of(LOOPBACK), new ContactSocket(0, 0, 5), new ContactSocket(1, 0, 300)));
    var in = new WireReader(bytes);
    bytes[bytes.length - 3] = (byte) 0xff;
    bytes[bytes.length - 2] = (byte) 0x7f; // 5 + 16383
    var fault = new Fault();
    ContactInfoCodec.read(in, fault);
    assertEquals(GossipRefusal.NONE, fault.reason());
    byte[] over =
        bytes(
            contact(
                List.of(LOOPBACK),
                new ContactSocket(0, 0, 60_000),
                new ContactSocket(1, 0, 65_535)));
    over[over.length - 4] ^= 0x40;
    over[over.length - 3] = (byte) 0xff;
    over[over.length - 2] = (byte) 0x7f;
    fault.clear();
    ContactInfoCodec.read(in.wrap(over), fault);
    assertFalse(in.ok() && fault.reason() == GossipRefusal.NONE);
  }

  @Test
  void theLaterProcessThenTheLaterValueCounts() {
    ContactInfo first = contact(List.of());
    ContactInfo restarted =
        new ContactInfo(Pubkey.ZERO, 1, 9, 0, ClientVersion.VEXOR, List.of(), List.of(), List.of());
    assertTrue(restarted.compareAge(first) > 0, "although its wall clock is earlier");
    assertTrue(first.at(8).compareAge(first) > 0);
    assertEquals(0, first.compareAge(first));
  }

  @Property(tries = 200)
  void everyContactComesBack(@ForAll long seed) {
    ContactInfo info = MadeValues.contactInfo(Pubkey.ZERO, new Random(seed));
    var fault = new Fault();
    assertEquals(info, ContactInfoCodec.read(new WireReader(bytes(info)), fault));
    assertEquals(GossipRefusal.NONE, fault.reason());
  }

  private static ContactInfo with(Endpoint gossip) {
    return ContactInfo.of(
        Pubkey.ZERO, 5, 7, 0, ClientVersion.VEXOR, Map.of(SocketKey.GOSSIP, gossip));
  }

  private static ContactInfo contact(List<IpAddress> addresses, ContactSocket... sockets) {
    return new ContactInfo(
        Pubkey.ZERO, 5, 7, 0, ClientVersion.VEXOR, addresses, List.of(sockets), List.of());
  }

  private static GossipRefusal fault(List<IpAddress> addresses, ContactSocket... sockets) {
    var fault = new Fault();
    var in = new WireReader(bytes(contact(addresses, sockets)));
    ContactInfoCodec.read(in, fault);
    assertTrue(in.ok());
    return fault.reason();
  }

  private static byte[] bytes(ContactInfo info) {
    var out = new WireWriter(new byte[1232]);
    ContactInfoCodec.write(info, out);
    return out.toByteArray();
  }
}
