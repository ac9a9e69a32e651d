package org.vexor.node.spy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Rows for programs.
public final class ContactJson {
  private ContactJson() {}

  /// `{"shred_version": …, "nodes": [{identity, shred_version, version, client, stake_lamports,
  /// age_ms, sockets}]}`.
  public static ObjectNode of(int shredVersion, List<ContactRow> rows) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("shred_version", shredVersion);
    ArrayNode nodes = json.putArray("nodes");
    for (ContactRow row : rows) {
      ObjectNode node = nodes.addObject();
      node.put("identity", row.identity());
      node.put("shred_version", row.shredVersion());
      node.put("version", row.version());
      node.put("client", row.client());
      node.put("stake_lamports", row.stakeLamports());
      node.put("age_ms", row.ageMs());
      ObjectNode sockets = node.putObject("sockets");
      row.sockets().forEach(sockets::put);
    }
    return json;
  }
}
