package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.vexor.node.landing.ClusterLink;
import org.vexor.node.landing.Landing;
import org.vexor.node.landing.VoteQuic;
import org.vexor.node.route.VotePorts;
import org.vexor.packet.PortException;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.RpcException;
import org.vexor.solana.rpc.SignatureStatus;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.solana.vote.VoteReading;
import org.vexor.solana.vote.VoteTransactions;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.vote.VoteDelivery;
import org.vexor.tpu.vote.VoteGuard;
import org.vexor.tpu.vote.VoteOutcome;
import org.vexor.tpu.vote.VoteSender;
import org.vexor.tpu.vote.VoteWays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `vexor vote send`: one vote, whose content is another's.
@Command(
    name = "send",
    description = {
      "Send a vote of a vote account to the leaders of the next slots by UDP, and wait until it is in"
          + " a block. What it says is copied from a vote transaction that is given: this program has"
          + " no bank to know what to vote for.",
      "Leaders put votes into blocks of accounts alone that have stake in this epoch and had it when"
          + " the last one began.",
      "A guard on disk refuses a second vote for a slot and a vote for a lower one. Exit code 1 when"
          + " it refused, or the vote did not land.",
      ""
    },
    mixinStandardHelpOptions = true)
final class VoteSendCommand implements Callable<Integer> {
  private static final long LOOK_NS = 200_000_000;
  private static final long PATIENCE_NS = 60_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--identity",
      paramLabel = "KEYPAIR",
      required = true,
      description = "key file of who pays the fee")
  private Path identity = Path.of("");

  @Option(
      names = "--authorized-voter",
      paramLabel = "KEYPAIR",
      description = "key file of the vote account's voter (default: the identity)")
  private @Nullable Path authorizedVoter;

  @Option(
      names = "--vote-account",
      paramLabel = "PUBKEY",
      required = true,
      description = "whose vote it is")
  private String voteAccount = "";

  @Option(
      names = "--like",
      paramLabel = "FILE|BASE64",
      required = true,
      description = "the vote transaction whose content to send: a TowerSync of any vote account")
  private String like = "";

  @Option(
      names = "--guard",
      paramLabel = "DIR",
      required = true,
      description = "folder in which the guard keeps the last vote of each account")
  private Path guardFolder = Path.of("");

  @Option(
      names = "--no-vote-udp",
      description = "do not send it by UDP, but by QUIC or gossip alone")
  private boolean noUdp;

  @Option(
      names = "--vote-quic",
      description =
          "also send it by QUIC where a leader tells of a port for that; needs --entrypoint, and"
              + " leaders take it of identities with stake only")
  private boolean quic;

  @Option(
      names = "--vote-gossip",
      description =
          "also tell it by gossip: joins by --entrypoint as the identity, which must not run"
              + " elsewhere at the same time")
  private boolean gossip;

  @Mixin private final LandingOptions cluster = new LandingOptions();
  @Mixin private final MasqueOptions masque = new MasqueOptions();

  @Override
  public Integer call() throws UserException {
    Keypair payer = TransactionFiles.keypair("--identity", identity);
    Keypair voter =
        authorizedVoter == null
            ? payer
            : TransactionFiles.keypair("--authorized-voter", authorizedVoter);
    Pubkey account;
    try {
      account = Pubkey.fromBase58(voteAccount);
    } catch (IllegalArgumentException e) {
      throw new UserException("--vote-account: " + e.getMessage(), e);
    }
    TransactionView view = TransactionFiles.transaction(like);
    if (!(VoteTransactions.read(view) instanceof VoteReading.Vote content)) {
      throw new UserException("--like is no vote that can be read: " + VoteTransactions.read(view));
    }
    if ((quic || gossip) && !cluster.hasLink()) {
      throw new UserException("--vote-quic and --vote-gossip need --entrypoint HOST:PORT");
    }
    if (noUdp && !quic && !gossip) {
      throw new UserException("--no-vote-udp needs another way: --vote-quic or --vote-gossip");
    }
    PrintWriter messages = spec.commandLine().getErr();
    try (RpcClient client = cluster.rpc();
        MasqueOptions.Outward outward = masque.open(messages);
        VoteGuard guard = VoteGuard.open(guardFolder, account)) {
      ClusterRpc rpc = new ClusterRpc(client);
      Optional<ClusterLink> link = cluster.link(gossip ? payer : Keypair.generate(), messages);
      try (Landing landing =
              cluster.landing(
                  rpc, link, outward.way(), payer, HistoryListener.NONE, messages::println);
          @Nullable VoteQuic streams = quic ? landing.votes(messages::println) : null;
          VotePorts ports = new VotePorts(outward.way(), cluster.local())) {
        VoteSender sender =
            new VoteSender(
                new VoteSender.Voter(
                    TransactionSigner.of(payer), TransactionSigner.of(voter), account),
                guard,
                nowNs -> landing.plan(),
                new VoteWays(
                    noUdp ? Optional.empty() : Optional.of(ports),
                    Optional.ofNullable(streams),
                    gossip ? link.map(ClusterLink::votes) : Optional.empty()));
        VoteOutcome outcome =
            sender.send(content.vote(), rpc.latestBlockhash().blockhash(), System.nanoTime());
        return report(outcome, rpc, account);
      }
    } catch (IOException | PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private int report(VoteOutcome outcome, ClusterRpc rpc, Pubkey account) throws RpcException {
    PrintWriter out = spec.commandLine().getOut();
    return switch (outcome) {
      case VoteOutcome.Refused refused -> {
        out.println(
            "refused: "
                + refused.why()
                + refused.last().map(last -> ", the last vote was for " + last.slot()).orElse(""));
        out.flush();
        yield 1;
      }
      case VoteOutcome.NobodyKnown nobody -> {
        out.println("not sent, and not recorded: " + nobody.troubles());
        out.flush();
        yield 1;
      }
      case VoteOutcome.Sent sent -> {
        out.println("vote for slot " + sent.slot() + ", signature " + sent.signature());
        for (VoteDelivery delivery : sent.deliveries()) {
          out.println(
              "  "
                  + (delivery.taken() ? "sent to " : "no room to send to ")
                  + delivery.leader()
                  + " at "
                  + delivery.address().getHostString()
                  + ":"
                  + delivery.address().getPort()
                  + " by "
                  + delivery.way()
                  + " for slot "
                  + delivery.slot());
        }
        if (gossip) {
          out.println(sent.gossiped() ? "  told by gossip" : "  gossip did not take it");
        }
        out.flush();
        boolean isIn = landed(sent, rpc, out);
        if (!isIn && rpc.voteAccountStake(account).orElse(0) == 0) {
          out.println(
              "  the vote account has no stake in this epoch: leaders drop its votes unsaid");
          out.flush();
        }
        yield isIn ? 0 : 1;
      }
    };
  }

  private static boolean landed(VoteOutcome.Sent sent, ClusterRpc rpc, PrintWriter out)
      throws RpcException {
    long startNs = System.nanoTime();
    while (System.nanoTime() - startNs < PATIENCE_NS) {
      Optional<SignatureStatus> status =
          rpc.signatureStatuses(List.of(sent.signature())).getFirst();
      if (status.isPresent()) {
        out.println(
            "landed in slot "
                + status.get().slot()
                + status.get().error().map(error -> ", and failed there: " + error).orElse(""));
        out.flush();
        return status.get().error().isEmpty();
      }
      LockSupport.parkNanos(LOOK_NS);
    }
    out.println("not seen in a block in time");
    out.flush();
    return false;
  }
}
