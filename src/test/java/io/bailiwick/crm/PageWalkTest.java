package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.TerritoryReading.Listed;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageWalkTest {

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close_vertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private List<Listed> walk(IntFunction<String> pages) throws Exception {
    return PageWalk.all(
            vertx,
            page -> {
              asked.incrementAndGet();
              byte[] body = pages.apply(page).getBytes(StandardCharsets.UTF_8);
              int status = body.length == 0 ? 204 : 200;
              Heard heard = new Heard.Answered(new Reply(status, Map.of(), body));
              return CompletableFuture.completedFuture(heard);
            })
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .stream()
        .map(TerritoryShape.Row::listed)
        .toList();
  }

  private String refusal(IntFunction<String> pages) {
    var failure = assertThrows(ExecutionException.class, () -> walk(pages));
    return String.valueOf(failure.getCause().getMessage());
  }

  private static String list(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(id -> "{\"id\":\"" + id + "\",\"name\":\"T" + id + "\"}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String page(String list, boolean more) {
    return "{\"territories\":" + list + ",\"info\":{\"count\":0,\"more_records\":" + more + "}}";
  }

  @Test
  void a_bare_list_is_whole_whatever_its_length() throws Exception {
    assertEquals(12, walk(page -> list(0, 12)).size());
    assertEquals(5_000, walk(page -> list(0, 5_000)).size());
    assertEquals(2, asked.get());
  }

  @Test
  void a_bare_list_of_just_one_page_is_asked_for_more() throws Exception {
    assertEquals(200, walk(page -> list(0, 200)).size());
    assertEquals(200, walk(page -> page == 1 ? list(0, 200) : "").size());
    assertEquals(250, walk(page -> page == 1 ? list(0, 200) : list(200, 50)).size());
  }

  @Test
  void pages_are_read_while_more_records_says_so_and_count_is_not_trusted() throws Exception {
    assertEquals(450, walk(page -> page(list((page - 1) * 150, 150), page < 3)).size());
  }

  @Test
  void of_two_with_one_id_the_first_counts() throws Exception {
    List<Listed> all = walk(page -> page == 1 ? page(list(0, 3), true) : page(list(2, 3), false));
    assertEquals(List.of("0", "1", "2", "3", "4"), all.stream().map(Listed::id).toList());
  }

  @Test
  void a_page_that_repeats_ends_the_walk_as_failed() {
    assertTrue(refusal(page -> page(list(0, 200), true)).contains("nothing new"));
    assertEquals(2, asked.get());
  }

  @Test
  void a_list_without_end_is_given_up() {
    assertTrue(refusal(page -> page(list(page, 1), true)).contains("1000 pages"));
    assertEquals(1_000, asked.get());
  }

  @Test
  void more_territories_than_anyone_has_are_refused() {
    assertTrue(refusal(page -> list(0, 200_001)).contains("200000"));
  }

  @Test
  void a_page_in_the_middle_that_is_none_fails_it_all() {
    assertTrue(refusal(page -> page == 1 ? page(list(0, 9), true) : "<html>").contains("200"));
  }

  @Test
  void a_circle_of_parents_is_read_as_it_is() throws Exception {
    String circle =
        "[{\"id\":\"1\",\"name\":\"A\",\"parent_id\":\"2\"},"
            + "{\"id\":\"2\",\"name\":\"B\",\"parent_id\":\"1\"}]";
    List<Listed> all = walk(page -> circle);
    assertEquals(List.of("2", "1"), all.stream().map(Listed::parentId).toList());
  }
}
