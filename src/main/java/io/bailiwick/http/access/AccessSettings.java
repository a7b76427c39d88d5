package io.bailiwick.http.access;

import java.util.List;

/**
 * The knobs of who may come in.
 *
 * @param keys whether a key or signature is asked for; without, everybody may do all
 * @param proxies the addresses and networks (CIDR) whose word for where a request came from is
 *     taken, and through whom alone it may come from another machine; empty for none
 */
public record AccessSettings(boolean keys, List<String> proxies) {

  /** Nobody is asked for a key. */
  public static final AccessSettings OPEN = new AccessSettings(false, List.of());

  public AccessSettings {
    proxies = List.copyOf(proxies);
  }
}
