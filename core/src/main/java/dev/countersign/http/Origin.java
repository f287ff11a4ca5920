package dev.countersign.http;

import java.net.InetAddress;

/**
 * Where a request comes from, as far as the peer and the trusted proxies tell.
 *
 * @param client the address of the client; IPv4-mapped IPv6 as IPv4, without zone
 * @param secure whether the client's own connection is protected by TLS
 */
public record Origin(InetAddress client, boolean secure) {}
