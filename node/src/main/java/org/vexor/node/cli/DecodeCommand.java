package org.vexor.node.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vexor.node.decode.BlockText;
import org.vexor.node.decode.CaptureDecoder;
import org.vexor.node.decode.Decoded;
import org.vexor.node.decode.DecodedBlock;
import org.vexor.node.decode.LeaderCheck;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.transaction.SignatureCheck;
import org.vexor.turbine.block.BlockChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `vexor shreds decode`: the blocks in captured shreds.
@Command(
    name = "decode",
    description = {
      "Rebuild the blocks in captured shreds and check what can be checked: Merkle roots, recovery,"
          + " proof of history, transaction signatures, and with --leader the signatures of the"
          + " shreds.",
      "Formats, recognised by content: pcap, ar, lists of shreds with lengths of 2, 4 or 8 bytes,"
          + " JSON arrays of bytes, a single shred; also gzipped."
    },
    mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {
  /// Sixteen ticks of the slowest-ticking cluster: no honest entry has as many, and a file cannot
  /// keep us busy for longer than its size warrants.
  private static final long MAX_HASHES_OF_AN_ENTRY = 1_000_000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Captures, each decoded by itself.")
  private List<Path> files;

  @Option(names = "--json", description = "Print a JSON array with an object for each slot.")
  private boolean json;

  @Option(
      names = "--leader",
      paramLabel = "PUBKEY",
      description = "Refuse shreds that this key did not sign.")
  private Optional<String> leader;

  @Override
  public Integer call() {
    Optional<Pubkey> key = leader.map(this::parseLeader);
    PrintWriter err = spec.commandLine().getErr();
    var blocks = new ArrayList<DecodedBlock>();
    boolean anythingUnread = false;
    for (Path file : files) {
      try {
        Decoded decoded = decode(file, key);
        report(file, decoded, err);
        anythingUnread |= decoded.blocks().isEmpty();
        blocks.addAll(decoded.blocks());
      } catch (UserException e) {
        err.println("vexor: " + e.getMessage());
        anythingUnread = true;
      }
    }
    print(blocks);
    err.flush();
    return anythingUnread ? 2 : 0;
  }

  private Pubkey parseLeader(String text) {
    try {
      return Pubkey.fromBase58(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--leader " + text + ": " + e.getMessage(), e);
    }
  }

  private static Decoded decode(Path file, Optional<Pubkey> leader) throws UserException {
    var ed25519 = new Ed25519Verifier();
    SignatureCheck ofTransactions =
        (bytes, key, signature, message, length) ->
            ed25519.verify(bytes, message, length, bytes, signature, bytes, key);
    LeaderCheck.Verifier ofRoots =
        (key, root, signature) -> ed25519.verify(root.bytes(), signature, key);
    var checks = new BlockChecks(true, MAX_HASHES_OF_AN_ENTRY, Optional.of(ofTransactions));
    return new CaptureDecoder(checks, leader.map(key -> new LeaderCheck(key, ofRoots)))
        .decode(CaptureFiles.read(file).datagrams());
  }

  private static void report(Path file, Decoded decoded, PrintWriter err) {
    String reasons =
        Stream.of(
                decoded.refused().entrySet().stream()
                    .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + e.getValue())
                    .sorted(),
                decoded.legacy() == 0
                    ? Stream.<String>empty()
                    : Stream.of("legacy (no Merkle root) " + decoded.legacy()),
                decoded.withoutBlock().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(e -> e.getKey() + " " + e.getValue()))
            .flatMap(reason -> reason)
            .collect(Collectors.joining(", "));
    if (!reasons.isEmpty()) {
      err.printf("vexor: %s: of %d datagrams refused: %s%n", file, decoded.datagrams(), reasons);
    } else if (decoded.datagrams() == 0) {
      err.printf("vexor: %s: holds no datagrams%n", file);
    }
  }

  private void print(List<DecodedBlock> blocks) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      blocks.forEach(block -> array.add(block.toJson()));
      out.println(array.toPrettyString());
    } else {
      blocks.forEach(block -> BlockText.print(out, block));
    }
    out.flush();
  }
}
