package org.vexor.node.landing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.ClientVersion;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.KnownContact;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.leader.LeaderContact;

final class GossipContactsTest {
  private final Pubkey leader = Keypair.generate().publicKey();
  private final AtomicReference<List<KnownContact>> known = new AtomicReference<>(List.of());
  private final GossipContacts contacts = new GossipContacts(known::get);

  private KnownContact listens(Map<SocketKey, Endpoint> sockets) {
    ContactInfo info = ContactInfo.of(leader, 1_000, 1, 7, ClientVersion.VEXOR, sockets);
    return new KnownContact(info, 1_000, 0);
  }

  @Test
  void whereALeaderTakesTransactionsAndVotesIsFoundAsSoonAsGossipTells() {
    assertEquals(Optional.empty(), contacts.contact(leader));
    known.set(
        List.of(
            listens(
                Map.of(
                    SocketKey.TPU_QUIC, Endpoint.loopback(9_001),
                    SocketKey.TPU_VOTE, Endpoint.loopback(9_002),
                    SocketKey.TPU_VOTE_QUIC, Endpoint.loopback(9_003)))));
    LeaderContact contact = contacts.contact(leader).orElseThrow();
    assertEquals(9_001, contact.tpu().orElseThrow().getPort());
    assertEquals(9_002, contact.vote().orElseThrow().getPort());
    assertEquals(9_003, contact.voteQuic().orElseThrow().getPort());
  }

  @Test
  void aChangedAddressCountsAndOneThatIsGoneIsNotKept() {
    known.set(List.of(listens(Map.of(SocketKey.TPU_QUIC, Endpoint.loopback(9_001)))));
    assertEquals(9_001, contacts.contact(leader).orElseThrow().tpu().orElseThrow().getPort());
    known.set(List.of(listens(Map.of(SocketKey.TPU_QUIC, Endpoint.loopback(9_011)))));
    assertEquals(9_011, contacts.contact(leader).orElseThrow().tpu().orElseThrow().getPort());
    known.set(List.of(listens(Map.of())));
    assertTrue(contacts.contact(leader).orElseThrow().tpu().isEmpty());
  }
}
