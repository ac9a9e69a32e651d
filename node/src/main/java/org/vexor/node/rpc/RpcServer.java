package org.vexor.node.rpc;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;

/// JSON-RPC by HTTP and by WebSocket. Both are served on the port and on the one after it: SDKs
/// derive the WebSocket's address from the HTTP one by adding one to its port.
public final class RpcServer implements AutoCloseable {
  /// A full batch of full transactions fits.
  static final int MOST_REQUEST_BYTES = 1 << 20;

  private static final int MOST_MESSAGE_BYTES = 64 * 1024;
  private static final int MOST_CONNECTIONS = 512;

  /// A client that does not read has so many notifications waiting, then it is cut off.
  private static final int MOST_WAITING = 1_024;

  private static final int MOST_THREADS = 16;
  private static final int LEAST_THREADS = 2;
  private static final int IDLE_THREAD_MS = 60_000;

  /// SDKs ping every five seconds or so.
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final RpcDispatcher dispatcher = new RpcDispatcher();
  private final RpcMethods methods;
  private final PubSub pubSub;
  private final Javalin javalin;
  private final InetSocketAddress address;

  private RpcServer(RpcSource source, InetSocketAddress bind, String version) {
    methods = new RpcMethods(source, version);
    pubSub = new PubSub(source, methods);
    javalin = Javalin.create(config -> configure(config, bind));
    javalin.start();
    source.onChange(pubSub::changed);
    address = new InetSocketAddress(bind.getAddress(), javalin.port());
  }

  /// Starts to serve.
  ///
  /// @param bind loopback, unless everybody who reaches the address may send by this node; port 0
  ///   takes any one, which serves both
  /// @param version of this program, for getVersion
  /// @throws IOException when an address cannot be bound
  public static RpcServer start(RpcSource source, InetSocketAddress bind, String version)
      throws IOException {
    requireFree(bind);
    if (bind.getPort() != 0) {
      requireFree(new InetSocketAddress(bind.getAddress(), bind.getPort() + 1));
    }
    try {
      return new RpcServer(source, bind, version);
    } catch (RuntimeException e) {
      throw new IOException("JSON-RPC on " + bind + " does not start: " + e.getMessage(), e);
    }
  }

  /// The library tells of a port that is taken by a page of log.
  private static void requireFree(InetSocketAddress address) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(address);
    } catch (IOException e) {
      String host = address.getAddress().getHostAddress();
      throw new IOException(
          "JSON-RPC cannot have TCP port %s:%d: %s; give another one"
              .formatted(host, address.getPort(), e.getMessage()),
          e);
    }
  }

  private void configure(JavalinConfig config, InetSocketAddress bind) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = MOST_REQUEST_BYTES;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_THREAD_MS);
    threads.setName("rpc");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.addConnector((server, http) -> connector(server, http, bind, bind.getPort()));
    if (bind.getPort() != 0) {
      config.jetty.addConnector(
          (server, http) -> connector(server, http, bind, bind.getPort() + 1));
    }
    config.jetty.modifyWebSocketServletFactory(
        factory -> {
          factory.setMaxTextMessageSize(MOST_MESSAGE_BYTES);
          factory.setMaxFrameSize(MOST_MESSAGE_BYTES);
          factory.setMaxOutgoingFrames(MOST_WAITING);
          factory.setIdleTimeout(IDLE);
        });
    config.routes.post("/", this::answer);
    config.routes.get("/health", context -> context.result(health()));
    config.routes.ws("/", this::serve);
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, InetSocketAddress bind, int port) {
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(bind.getAddress().getHostAddress());
    connector.setPort(port);
    connector.setAcceptQueueSize(MOST_CONNECTIONS);
    return connector;
  }

  private void answer(Context context) throws IOException {
    byte[] body;
    try (var in = context.bodyInputStream()) {
      body = in.readNBytes(MOST_REQUEST_BYTES + 1);
    }
    if (body.length > MOST_REQUEST_BYTES) {
      context.status(413);
      return;
    }
    context.contentType("application/json");
    context.result(dispatcher.answer(body, methods).orElse(""));
  }

  private String health() {
    return methods.isHealthy() ? "ok" : "behind";
  }

  private void serve(WsConfig socket) {
    socket.onConnect(
        client -> {
          client.session.setMaxOutgoingFrames(MOST_WAITING);
          pubSub.joined(client.sessionId(), text -> send(client, text));
        });
    socket.onMessage(
        client ->
            pubSub.received(client.sessionId(), client.message().getBytes(StandardCharsets.UTF_8)));
    socket.onClose(client -> pubSub.left(client.sessionId()));
    socket.onError(client -> pubSub.left(client.sessionId()));
  }

  private void send(WsContext client, String text) {
    client.session.sendText(
        text,
        Callback.from(
            () -> {},
            failure -> {
              pubSub.left(client.sessionId());
              client.session.disconnect();
            }));
  }

  /// Where it serves.
  public InetSocketAddress address() {
    return address;
  }

  /// Ends all connections.
  @Override
  public void close() {
    javalin.stop();
  }
}
