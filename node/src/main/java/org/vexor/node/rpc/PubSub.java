package org.vexor.node.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.vexor.solana.Signature;

/// The subscriptions of WebSocket clients: of a signature, told once when its block has reached the
/// commitment asked for, and of slots. Any thread.
final class PubSub {
  /// Subscriptions of one client.
  static final int MOST_OF_CLIENT = 1_000;

  /// Of all clients together.
  static final int MOST = 20_000;

  private final RpcSource source;
  private final RpcMethods methods;
  private final RpcDispatcher dispatcher = new RpcDispatcher();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Object, Client> clients = new ConcurrentHashMap<>();

  PubSub(RpcSource source, RpcMethods methods) {
    this.source = source;
    this.methods = methods;
  }

  /// Sends a text to a client; must not block.
  @FunctionalInterface
  interface Wire {
    void send(String text);
  }

  private sealed interface Subscription {
    record OfSignature(Signature signature, Commitment commitment) implements Subscription {}

    record OfSlots() implements Subscription {}
  }

  private static final class Client {
    private final Wire wire;
    private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();

    Client(Wire wire) {
      this.wire = wire;
    }

    synchronized Map<Long, Subscription> copy() {
      return Map.copyOf(subscriptions);
    }

    synchronized boolean add(long id, Subscription subscription) {
      return subscriptions.size() < MOST_OF_CLIENT && subscriptions.put(id, subscription) == null;
    }

    synchronized boolean remove(long id) {
      return subscriptions.remove(id) != null;
    }

    synchronized int size() {
      return subscriptions.size();
    }
  }

  /// A client came.
  ///
  /// @param key by which it is known until [#left]
  void joined(Object key, Wire wire) {
    clients.put(key, new Client(wire));
  }

  /// A client went.
  void left(Object key) {
    Client client = clients.remove(key);
    if (client != null) {
      open.addAndGet(-client.size());
    }
  }

  /// A client says something.
  void received(Object key, byte[] text) {
    Client client = clients.get(key);
    if (client == null) {
      return;
    }
    dispatcher
        .answer(text, (method, params) -> call(client, method, params))
        .ifPresent(client.wire::send);
    // What is in a block already is told at once, after the answer that names the subscription.
    tellSignatures(client);
  }

  private RpcAnswer call(Client client, String method, RpcParams params)
      throws RpcParams.Invalid, IOException {
    return switch (method) {
      case "signatureSubscribe" ->
          subscribe(
              client,
              new Subscription.OfSignature(
                  RpcMethods.signature(params.text(0, "signature")),
                  params.commitment(1, Commitment.FINALIZED)));
      case "slotSubscribe" -> subscribe(client, new Subscription.OfSlots());
      case "signatureUnsubscribe", "slotUnsubscribe" -> unsubscribe(client, params);
      default -> methods.call(method, params);
    };
  }

  private RpcAnswer subscribe(Client client, Subscription subscription) {
    if (open.incrementAndGet() <= MOST) {
      long id = ids.incrementAndGet();
      if (client.add(id, subscription)) {
        return RpcAnswer.of(id);
      }
    }
    open.decrementAndGet();
    return RpcAnswer.refused(
        RpcAnswer.INTERNAL, "too many subscriptions: at most " + MOST_OF_CLIENT + " of a client");
  }

  private RpcAnswer unsubscribe(Client client, RpcParams params) {
    if (client.remove(params.number(0).orElse(-1))) {
      open.decrementAndGet();
      return RpcAnswer.of(true);
    }
    return RpcAnswer.refused(RpcAnswer.INVALID_PARAMS, "Invalid subscription id.");
  }

  /// Tells all clients what has changed. One thread at a time.
  void changed(SlotTold slot) {
    for (Client client : List.copyOf(clients.values())) {
      client
          .copy()
          .forEach(
              (id, subscription) -> {
                if (subscription instanceof Subscription.OfSlots) {
                  client.wire.send(slotNotification(id, slot));
                }
              });
      tellSignatures(client);
    }
  }

  private void tellSignatures(Client client) {
    client
        .copy()
        .forEach(
            (id, subscription) -> {
              if (subscription instanceof Subscription.OfSignature of) {
                tell(client, id, of);
              }
            });
  }

  private void tell(Client client, long id, Subscription.OfSignature subscription) {
    Optional<SeenTransaction> seen;
    try {
      seen = source.seen(subscription.signature());
    } catch (IOException e) {
      return; // asked again at the next change
    }
    if (seen.isPresent()
        && seen.get().commitment().compareTo(subscription.commitment()) >= 0
        && client.remove(id)) {
      open.decrementAndGet();
      client.wire.send(signatureNotification(id, seen.get()));
    }
  }

  /// Subscriptions that are open.
  int open() {
    return open.get();
  }

  private static String slotNotification(long id, SlotTold slot) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("parent", slot.parent()).put("root", slot.root()).put("slot", slot.slot());
    return notification("slotNotification", id, result);
  }

  private static String signatureNotification(long id, SeenTransaction seen) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.putObject("context").put("slot", seen.slot());
    ErrorJson.put(result.putObject("value"), seen.error());
    return notification("signatureNotification", id, result);
  }

  private static String notification(String method, long id, JsonNode result) {
    ObjectNode notification = JsonNodeFactory.instance.objectNode();
    notification.put("jsonrpc", "2.0").put("method", method);
    ObjectNode params = notification.putObject("params");
    params.set("result", result);
    params.put("subscription", id);
    return notification.toString();
  }
}
