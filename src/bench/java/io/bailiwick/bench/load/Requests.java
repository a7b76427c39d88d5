package io.bailiwick.bench.load;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of the requests, each with records of its own. They are rendered once; only the digits
 * of the records change.
 */
final class Requests {

  /** The first record; Zoho's ids have nineteen digits. */
  static final long FIRST = 3_652_397_000_000_000_000L;

  private static final String LEAD =
      """
      {"crmId":"%d","module":"Leads","email":"ana.diaz@acme.example","firstName":"Ana",\
      "lastName":"Diaz","phone":"+1 415 555 0100","company":"Acme","website":"acme.example",\
      "country":"US","region":"CA","city":"Oakland","postalCode":"94601","industry":"Software",\
      "employees":1200,"annualRevenue":250000000,"language":"en","product":"Suite",\
      "campaign":"spring","attributes":{"Form":"contact-us"}}""";

  private final byte[] bytes;
  private final int[] places;
  private long next;

  /** The records go on from {@code first}. */
  Requests(Load load, long first) {
    String lead = LEAD.formatted(FIRST);
    String body =
        load.batch() == 1 ? lead : "[" + (lead + ",").repeat(load.batch() - 1) + lead + "]";
    URI url = URI.create(load.url());
    String head =
        "POST /v1/leads HTTP/1.1\r\nHost: %s:%d\r\n".formatted(url.getHost(), url.getPort())
            + (load.authorization() == null
                ? ""
                : "Authorization: " + load.authorization() + "\r\n")
            + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length());
    String whole = head + body;
    this.bytes = whole.getBytes(StandardCharsets.US_ASCII);
    this.places = new int[load.batch()];
    int at = -1;
    for (int i = 0; i < places.length; i++) {
      at = whole.indexOf(Long.toString(FIRST), at + 1);
      places[i] = at;
    }
    this.next = first;
  }

  /** The next request. */
  Buffer next() {
    byte[] one = bytes.clone();
    for (int place : places) {
      long rest = next++;
      for (int i = place + 18; rest > 0; i--) {
        one[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return Buffer.buffer(one);
  }
}
