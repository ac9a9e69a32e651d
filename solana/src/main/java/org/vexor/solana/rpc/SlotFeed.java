package org.vexor.solana.rpc;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Hears from a node's WebSocket of each slot that begins there (slotSubscribe), and connects again
/// when it falls silent. [#doWork] may be called by any thread; what was heard is told on the
/// socket's threads.
public final class SlotFeed implements AutoCloseable {
  private static final String SUBSCRIBE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"slotSubscribe\"}";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// Slots come every 0.4 s, a skipped window or two in between.
  private static final long SILENT_NS = 10_000_000_000L;

  private static final long FIRST_PAUSE_NS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NS = 30_000_000_000L;

  /// A notification has some 150 bytes.
  private static final int LONGEST_MESSAGE = 16 * 1024;

  private final URI url;
  private final LongConsumer slots;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final JsonMapper mapper = new JsonMapper();
  private final AtomicLong heard = new AtomicLong();
  private long pauseNs = FIRST_PAUSE_NS;
  private long nextNs;
  private long lastNs;
  private long heardBefore;
  private boolean started;
  private boolean closed;
  private @Nullable CompletableFuture<WebSocket> connecting;
  private @Nullable WebSocket open;
  private volatile Optional<String> trouble = Optional.empty();
  private volatile boolean ended;

  /// Connects at the first [#doWork].
  ///
  /// @param url `ws` or `wss`
  /// @param slots is told each slot as it is heard, on the socket's threads; must not block
  public SlotFeed(URI url, LongConsumer slots) {
    String scheme = url.getScheme();
    if (scheme == null || !(scheme.equals("ws") || scheme.equals("wss"))) {
      throw new IllegalArgumentException("WebSocket address " + url + " is neither ws nor wss");
    }
    this.url = url;
    this.slots = slots;
  }

  /// Where the WebSocket of a node is by default: on the port after that of its JSON-RPC where one
  /// is named, else on the same.
  public static URI besides(URI rpc) {
    String scheme = "https".equals(rpc.getScheme()) ? "wss" : "ws";
    String port = rpc.getPort() < 0 ? "" : ":" + (rpc.getPort() + 1);
    String path = rpc.getRawPath() == null ? "" : rpc.getRawPath();
    String query = rpc.getRawQuery() == null ? "" : "?" + rpc.getRawQuery();
    return URI.create(scheme + "://" + rpc.getHost() + port + path + query);
  }

  /// Connects and looks whether the feed still lives. Never blocks.
  ///
  /// @return changes of state
  public synchronized int doWork(long nowNs) {
    if (closed) {
      return 0;
    }
    if (!started) {
      started = true;
      nextNs = nowNs;
    }
    if (connecting != null) {
      return connecting.isDone() ? connected(connecting, nowNs) : 0;
    }
    if (open == null) {
      if (nowNs - nextNs < 0) {
        return 0;
      }
      ended = false;
      connecting = http.newWebSocketBuilder().buildAsync(url, new Listener());
      return 1;
    }
    long now = heard.get();
    if (now != heardBefore) {
      heardBefore = now;
      lastNs = nowNs;
      pauseNs = FIRST_PAUSE_NS;
      trouble = Optional.empty();
    }
    if (ended || nowNs - lastNs > SILENT_NS) {
      open.abort();
      open = null;
      again(ended ? "the connection ended" : "silent for 10 s", nowNs);
      return 1;
    }
    return 0;
  }

  private int connected(CompletableFuture<WebSocket> done, long nowNs) {
    connecting = null;
    if (done.isCompletedExceptionally()) {
      Throwable why = done.exceptionNow();
      again(why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage(), nowNs);
      return 1;
    }
    WebSocket socket = done.join();
    open = socket;
    lastNs = nowNs;
    // A send that fails ends the connection, which the listener is told.
    CompletableFuture<WebSocket> _ = socket.sendText(SUBSCRIBE, true);
    return 1;
  }

  private void again(String why, long nowNs) {
    trouble = Optional.of(url + ": " + why);
    nextNs = nowNs + pauseNs;
    pauseNs = Math.min(LONGEST_PAUSE_NS, 2 * pauseNs);
  }

  /// Slots heard so far. Any thread.
  public long heard() {
    return heard.get();
  }

  /// Why nothing is heard; empty while it is, or nobody knows yet. Any thread.
  public Optional<String> trouble() {
    return trouble;
  }

  /// Ends the connection.
  @Override
  public synchronized void close() {
    closed = true;
    if (open != null) {
      open.abort();
    }
    if (connecting != null) {
      connecting.cancel(true);
    }
    http.shutdownNow();
  }

  private void message(String text) {
    try {
      JsonNode slot = mapper.readTree(text).path("params").path("result").path("slot");
      if (slot.isIntegralNumber() && slot.longValue() >= 0) {
        heard.getAndIncrement();
        slots.accept(slot.longValue());
      }
    } catch (JacksonException e) {
      ended = true; // whoever talks like this is no node
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      if (parts.length() + data.length() > LONGEST_MESSAGE) {
        ended = true;
        return null; // asks for no more
      }
      parts.append(data);
      if (last) {
        message(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      ended = true;
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      ended = true;
    }
  }
}
