package org.vexor.node.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricsServerTest {
  private static HttpResponse<String> get(MetricsServer server, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void givesTheTextAtItsPathAndNothingElsewhere() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var server = new MetricsServer(address, () -> "x 1\n")) {
      HttpResponse<String> found = get(server, "/metrics");
      assertEquals(200, found.statusCode());
      assertEquals("x 1\n", found.body());
      assertEquals(
          "text/plain; version=0.0.4", found.headers().firstValue("Content-Type").orElse(""));
      assertEquals(404, get(server, "/").statusCode());
    }
  }

  @Test
  void writesWhatPrometheusReads() {
    var out = new Exposition();
    out.counter("a_total", "things").sample("a_total", 3, Map.of());
    out.gauge("b", "more").sample("b", 5, Map.of("why", "a \"b\" \\ c\nd"));
    assertEquals(
        """
        # HELP a_total things
        # TYPE a_total counter
        a_total 3
        # HELP b more
        # TYPE b gauge
        b{why="a \\"b\\" \\\\ c\\nd"} 5
        """,
        out.text());
  }
}
