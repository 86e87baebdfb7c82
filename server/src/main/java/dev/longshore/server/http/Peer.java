package dev.longshore.server.http;

import java.net.SocketAddress;

/**
 * Who is connected.
 *
 * @param secure whether over TLS that ends here; what a proxy before us says of it is not believed
 */
public record Peer(SocketAddress address, boolean secure) {}
