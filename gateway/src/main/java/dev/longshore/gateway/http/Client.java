package dev.longshore.gateway.http;

import dev.longshore.gateway.tls.Incoming;
import dev.longshore.gateway.tls.Suites;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What is known of a client's connection, reckoned once. */
final class Client {
  private static final int CONNECTION_BYTES = 16;

  private final HttpTraffic traffic;
  private final Loop loop;
  private final String listenerArn;
  private final String address;
  private final String addressWithPort;
  private final byte[] source;
  private final String port;
  private final @Nullable SSLSession session;
  private final @Nullable String certificateArn;
  private @Nullable String connection;
  private boolean leaving;

  Client(
      HttpTraffic traffic,
      Loop loop,
      String listenerArn,
      Channel channel,
      @Nullable SSLSession session) {
    this.traffic = traffic;
    this.loop = loop;
    this.listenerArn = listenerArn;
    this.session = session;
    this.certificateArn = Incoming.shown(channel);
    InetSocketAddress remote = inet(channel.remoteAddress());
    String literal = remote.getAddress().getHostAddress();
    boolean v6 = literal.indexOf(':') >= 0;
    this.address = literal;
    this.addressWithPort = (v6 ? '[' + literal + ']' : literal) + ':' + remote.getPort();
    this.source = remote.getAddress().getAddress();
    this.port = Integer.toString(inet(channel.localAddress()).getPort());
  }

  private static InetSocketAddress inet(@Nullable SocketAddress address) {
    // A connection that is closed already has no address any more; nothing will be sent on it.
    return address instanceof InetSocketAddress inet
        ? inet
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  HttpTraffic traffic() {
    return traffic;
  }

  Loop loop() {
    return loop;
  }

  String listenerArn() {
    return listenerArn;
  }

  String address() {
    return address;
  }

  String addressWithPort() {
    return addressWithPort;
  }

  byte[] source() {
    return source;
  }

  String port() {
    return port;
  }

  @Nullable SSLSession session() {
    return session;
  }

  /** What TLS came to; null where there is none. */
  AccessEntry.@Nullable Tls agreed() {
    if (session == null) {
      return null;
    }
    String cipher = Suites.openSsl(session.getCipherSuite());
    return new AccessEntry.Tls(cipher, session.getProtocol(), asked(session), certificateArn);
  }

  private static @Nullable String asked(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName each : extended.getRequestedServerNames()) {
        if (each instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return null;
  }

  /** A name that no other connection has, in the form of AWS's. */
  String connection() {
    if (connection == null) {
      byte[] random = new byte[CONNECTION_BYTES];
      ThreadLocalRandom.current().nextBytes(random);
      connection = "TID_" + HexFormat.of().formatHex(random);
    }
    return connection;
  }

  /** Whether the connection is to end as soon as nothing is under way. */
  boolean isLeaving() {
    return leaving || traffic.table().gate(listenerArn) == null;
  }

  void leave() {
    leaving = true;
  }

  void shutdownOutput(Channel channel) {
    if (session == null && channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    } else {
      var _ = channel.close();
    }
  }
}
