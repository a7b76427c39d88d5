package io.bailiwick.http;

/** Routes that stand above this package and go through the same door. */
@FunctionalInterface
public interface RouteSet {

  /** Hangs them in. */
  void mount(Routes routes);
}
