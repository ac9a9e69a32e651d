package org.vexor.node.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.vexor.node.json.BlockJson;
import org.vexor.node.json.StatusJson;
import org.vexor.packet.BackendReport;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;

/// Tells of each slot in one line: JSON for programs, or text for a person. Every line is flushed,
/// since somebody waits for it.
public final class BlockEvents implements BlockListener {
  private final PrintWriter output;
  private final boolean json;

  /// @param json whether lines are JSON objects
  public BlockEvents(PrintWriter output, boolean json) {
    this.output = output;
    this.json = json;
  }

  /// The backend that carries datagrams from now on.
  public void backend(BackendReport report) {
    if (json) {
      ObjectNode event = JsonNodeFactory.instance.objectNode();
      event.put("event", "backend");
      event.setAll(StatusJson.of(report));
      print(event.toString());
    }
  }

  @Override
  public void finished(BlockSummary block) {
    print(json ? event(block, Optional.empty()) : text(block, "complete"));
  }

  @Override
  public void abandoned(BlockSummary partial, AbandonReason reason) {
    String why = reason.name().toLowerCase(Locale.ROOT);
    print(json ? event(partial, Optional.of(why)) : text(partial, "abandoned: " + why));
  }

  private static String event(BlockSummary block, Optional<String> abandoned) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("event", "block");
    event.put("state", abandoned.isPresent() ? "abandoned" : "complete");
    abandoned.ifPresent(reason -> event.put("reason", reason));
    event.setAll(BlockJson.of(block, Optional.empty()));
    return event.toString();
  }

  private static String text(BlockSummary block, String state) {
    BlockSummary.Content content = block.content();
    return "slot %d %s: %d shreds received, %d recovered, %d sets, %d entries, %d transactions%s"
        .formatted(
            block.slot(),
            state,
            block.shreds(),
            block.recovered(),
            block.fecSets().size(),
            content.entries(),
            content.transactions(),
            content.lastEntryHash().map(hash -> ", last entry " + hash).orElse(""));
  }

  private void print(String line) {
    output.println(line);
    output.flush();
  }
}
