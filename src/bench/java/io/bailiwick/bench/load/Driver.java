package io.bailiwick.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The driver's process: takes a {@link Load} a line on its standard input, answers a {@link Loaded}
 * a line on its standard output, until its input ends. One process drives all contestants, so that
 * it is as warm for the one as for the other.
 */
public final class Driver implements AutoCloseable {

  private static final long LEADS_APART = 1_000_000_000L;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private long record = Requests.FIRST;

  /** No load yet. */
  public Driver() {}

  /** Reads loads until there are no more. */
  public static void main(String[] arguments) throws IOException {
    var mapper = new ObjectMapper();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var driver = new Driver()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        Loaded loaded = driver.drive(mapper.readValue(line, Load.class));
        System.out.println(mapper.writeValueAsString(loaded));
      }
    }
  }

  /** Opens the connections, then begins; blocks until the last answer. No record comes twice. */
  public Loaded drive(Load load) {
    URI url = URI.create(load.url());
    NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    var tally = new Tally(load.batch());
    var run = new Run(load, new Requests(load, record), tally);
    record += LEADS_APART;
    try {
      Future<List<Line>> lines =
          Future.<Void>future(go -> loop.runOnContext(now -> go.complete()))
              .compose(
                  on ->
                      Future.all(
                          Stream.generate(
                                  () ->
                                      client
                                          .connect(url.getPort(), url.getHost())
                                          .map(socket -> new Line(socket, tally)))
                              .limit(load.connections())
                              .toList()))
              .map(all -> all.list());
      return lines
          .compose(
              all ->
                  Future.<Void>future(go -> loop.runOnContext(now -> go.complete()))
                      .compose(on -> run.over(all, loop))
                      .onComplete(over -> all.forEach(Line::close)))
          .await((long) load.seconds() + 120, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new IllegalStateException("answers are still missing after two minutes", late);
    } finally {
      client.close();
    }
  }

  @Override
  public void close() {
    vertx.close();
  }
}
