package io.bailiwick.bench.load;

import io.bailiwick.lead.Nullable;

/**
 * What is to be sent.
 *
 * @param url the service's, such as {@code http://localhost:8080}
 * @param connections each with one request under way at a time; 1 to 1,000
 * @param perSecond requests a second by schedule; 0: each connection asks again once it was
 *     answered
 * @param seconds how long
 * @param requests no more than so many; 0: as many as the time allows
 * @param batch leads in a request; 1: one object, more: an array
 * @param authorization the header's value
 */
public record Load(
    String url,
    int connections,
    double perSecond,
    double seconds,
    long requests,
    int batch,
    @Nullable String authorization) {

  /** As fast as the answers come. */
  public static Load closed(String url, int connections, double seconds) {
    return new Load(url, connections, 0, seconds, 0, 1, null);
  }

  /** At a rate, whatever the answers do. */
  public Load at(double rate) {
    return new Load(url, connections, rate, seconds, requests, batch, authorization);
  }

  /** For so long. */
  public Load lasting(double time) {
    return new Load(url, connections, perSecond, time, requests, batch, authorization);
  }

  /** At another service. */
  public Load to(String other) {
    return new Load(other, connections, perSecond, seconds, requests, batch, authorization);
  }

  /** With a key. */
  public Load by(@Nullable String header) {
    return new Load(url, connections, perSecond, seconds, requests, batch, header);
  }

  /** So many leads in all, so many a request; the time is a limit then. */
  public Load of(long leads, int together) {
    long needed = (leads + together - 1) / together;
    return new Load(url, connections, perSecond, seconds, needed, together, authorization);
  }
}
