package io.bailiwick.crm;

import io.bailiwick.crm.TerritoryShape.Page;
import io.bailiwick.crm.TerritoryShape.Row;
import io.bailiwick.lead.AccessTrouble;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * Reads a list of territories page by page until it is complete, or not at all. Of two territories
 * with one id the first counts: a list that grows while it is read shifts from page to page. A page
 * that brings nothing new, one after page 1,000, and more than 200,000 territories end it as
 * failed, so that no answer of the CRM can keep it going.
 */
final class PageWalk {

  static final int PER_PAGE = 200;
  static final int MAX_PAGES = 1_000;
  static final int MAX_TERRITORIES = 200_000;

  private final Vertx vertx;
  private final IntFunction<CompletionStage<Heard>> ask;
  private final Map<String, Row> found = new LinkedHashMap<>();
  private final CompletableFuture<List<Row>> answer = new CompletableFuture<>();

  private PageWalk(Vertx vertx, IntFunction<CompletionStage<Heard>> ask) {
    this.vertx = vertx;
    this.ask = ask;
  }

  /** Fails with IllegalArgumentException that says why; {@code ask} gets page 1 and up. */
  static CompletionStage<List<Row>> all(Vertx vertx, IntFunction<CompletionStage<Heard>> ask) {
    var walk = new PageWalk(vertx, ask);
    walk.next(1);
    return walk.answer;
  }

  private void next(int number) {
    ask.apply(number)
        .thenAccept(
            heard -> {
              if (heard instanceof Heard.Answered answered) {
                // A list without pages may be long: it is not parsed on the event loop.
                vertx
                    .executeBlocking(() -> TerritoryShape.page(answered.reply()), false)
                    .onSuccess(page -> take(number, page))
                    .onFailure(answer::completeExceptionally);
              } else if (heard instanceof Heard.NoToken) {
                answer.completeExceptionally(
                    new AccessRefused(AccessTrouble.NO_TOKEN, heard.why()));
              } else {
                fail(heard.why());
              }
            });
  }

  private void take(int number, Page page) {
    int before = found.size();
    page.rows().forEach(row -> found.putIfAbsent(row.listed().id(), row));
    boolean nothingNew = found.size() == before;
    boolean whole = page.paged() ? !page.more() : number > 1 && nothingNew;
    if (found.size() > MAX_TERRITORIES) {
      fail("the CRM lists more than " + MAX_TERRITORIES + " territories");
    } else if (whole || (!page.paged() && page.rows().size() != PER_PAGE)) {
      answer.complete(List.copyOf(found.values()));
    } else if (nothingNew) {
      fail("page " + number + " of the CRM's territories brings nothing new and says more follow");
    } else if (number == MAX_PAGES) {
      fail("the CRM's territories do not end after " + MAX_PAGES + " pages");
    } else {
      next(number + 1);
    }
  }

  private void fail(String why) {
    answer.completeExceptionally(new IllegalArgumentException(why));
  }
}
