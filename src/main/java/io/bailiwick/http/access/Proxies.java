package io.bailiwick.http.access;

import io.bailiwick.lead.Nullable;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The machines that end TLS for us, and what is believed of them: where a request came from. */
public final class Proxies {

  private final List<IpSubnetFilterRule> rules;

  /** By addresses and networks such as 10.0.0.0/8; throws IllegalArgumentException for others. */
  public Proxies(List<String> networks) {
    this.rules = networks.stream().map(Proxies::rule).toList();
  }

  /** Whether a request may come in so: from this machine, or through a proxy where one is named. */
  public boolean admits(HttpServerRequest request) {
    return rules.isEmpty() || request.isSSL() || local(request) || through(request);
  }

  /** The address a request came from: the last one its proxy saw, else its connection's. */
  String address(HttpServerRequest request) {
    String forwarded = through(request) ? request.getHeader("X-Forwarded-For") : null;
    if (forwarded == null) {
      return request.remoteAddress().host();
    }
    return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }

  private boolean through(HttpServerRequest request) {
    InetSocketAddress peer = peer(request.remoteAddress());
    return peer != null && rules.stream().anyMatch(rule -> rule.matches(peer));
  }

  private static boolean local(HttpServerRequest request) {
    InetSocketAddress peer = peer(request.remoteAddress());
    return peer != null && peer.getAddress().isLoopbackAddress();
  }

  private static @Nullable InetSocketAddress peer(SocketAddress address) {
    return address.hostAddress() == null
        ? null
        : new InetSocketAddress(address.hostAddress(), address.port());
  }

  private static IpSubnetFilterRule rule(String network) {
    boolean whole = network.indexOf('/') >= 0;
    String bits = network.indexOf(':') >= 0 ? "/128" : "/32";
    return new IpSubnetFilterRule(whole ? network : network + bits, IpFilterRuleType.ACCEPT);
  }
}
