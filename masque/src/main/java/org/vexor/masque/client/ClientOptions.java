package org.vexor.masque.client;

import java.util.List;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.tls.TlsOptions;

/// Which proxy, and how to use it.
///
/// @param template of the proxy
/// @param tls how the proxy is known, and the client's certificate if it has one; its application
///   protocols are set by the client
/// @param credentials sent with each request
/// @param versions of HTTP that may be used, better ones first
/// @param quic of HTTP/3 connections; the largest packet bounds the largest payload
/// @param http3 whether datagrams are offered
/// @param times how long to wait for what
/// @param links to the proxy at once, at most; more than one when it allows too few streams
/// @param queue payloads of a tunnel on their way to its link, at most
/// @param initialQueue payloads of a tunnel that is not open yet, at most
public record ClientOptions(
    UriTemplate template,
    TlsOptions tls,
    Credentials credentials,
    List<HttpVersion> versions,
    EndpointOptions quic,
    Http3Options http3,
    ClientTimes times,
    int links,
    int queue,
    int initialQueue) {
  private static final int LINKS = 8;
  private static final int QUEUE = 256;
  private static final int INITIAL_QUEUE = 64;

  /// Control, QPACK's two, and what a peer greases with.
  private static final int UNIDIRECTIONAL_STREAMS = 16;

  public ClientOptions {
    versions = versions.stream().distinct().sorted().toList();
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("no HTTP version may be used: allow at least one");
    }
    if (links < 1 || queue < 1 || initialQueue < 0) {
      throw new IllegalArgumentException(
          "links " + links + ", queue " + queue + ", initial queue " + initialQueue);
    }
  }

  /// With all HTTP versions.
  public static ClientOptions of(UriTemplate template, TlsOptions tls) {
    return new ClientOptions(
        template,
        tls,
        new Credentials.None(),
        List.of(HttpVersion.values()),
        EndpointOptions.DEFAULT.withStreams(0, UNIDIRECTIONAL_STREAMS).withHystart(false),
        Http3Options.CLIENT,
        ClientTimes.DEFAULT,
        LINKS,
        QUEUE,
        INITIAL_QUEUE);
  }

  public ClientOptions withCredentials(Credentials changed) {
    return new ClientOptions(
        template, tls, changed, versions, quic, http3, times, links, queue, initialQueue);
  }

  public ClientOptions withVersions(HttpVersion... changed) {
    return new ClientOptions(
        template,
        tls,
        credentials,
        List.of(changed),
        quic,
        http3,
        times,
        links,
        queue,
        initialQueue);
  }

  public ClientOptions withQuic(EndpointOptions changed) {
    return new ClientOptions(
        template, tls, credentials, versions, changed, http3, times, links, queue, initialQueue);
  }

  public ClientOptions withHttp3(Http3Options changed) {
    return new ClientOptions(
        template, tls, credentials, versions, quic, changed, times, links, queue, initialQueue);
  }

  public ClientOptions withTimes(ClientTimes changed) {
    return new ClientOptions(
        template, tls, credentials, versions, quic, http3, changed, links, queue, initialQueue);
  }

  public ClientOptions withQueues(int changed, int changedInitial) {
    return new ClientOptions(
        template, tls, credentials, versions, quic, http3, times, links, changed, changedInitial);
  }
}
