package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.TerritoryRef;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

  private final Vertx vertx = Vertx.vertx();
  @TempDir Path dir;

  @AfterEach
  void close_vertx() throws Exception {
    given(vertx.close().toCompletionStage());
  }

  private static <T> T given(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_token_file_is_read_again_when_it_changes() throws Exception {
    Path file = dir.resolve("token");
    Files.writeString(file, "first\n");
    var source = new FileToken(vertx, file);
    assertEquals("first", given(source.token()));
    assertEquals("first", given(source.token()));
    Files.writeString(file, "other\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    assertEquals("other", given(source.token()));
  }

  @Test
  void without_a_token_nothing_is_sent_and_the_outcome_is_unauthorized() throws Exception {
    var settings = CrmSettings.of(URI.create("http://127.0.0.1:1"));
    var source = new FileToken(vertx, dir.resolve("none"));
    try (var crm = new ZohoCrm(vertx, settings, source, InstantSource.system())) {
      var assignment = new Assignment("Leads", "7", new TerritoryRef("12", "West"));
      Outcome outcome = given(crm.assign(assignment));
      assertInstanceOf(Outcome.Unauthorized.class, outcome);
      assertFalse(outcome.detail().contains(dir.toString()), outcome.detail());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "two words", "line\nline", "\u00e9"})
  void what_could_break_a_header_is_no_token(String text) throws Exception {
    assertThrows(IllegalArgumentException.class, () -> TokenSource.fixed(text));
    Path file = dir.resolve("token");
    Files.writeString(file, text);
    var token = new FileToken(vertx, file).token().toCompletableFuture();
    assertThrows(Exception.class, () -> given(token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "http:///x", "http://u:p@x", "http://x?y=1", "http://x#y", "x"})
  void a_base_url_that_is_none_is_refused(String url) {
    assertThrows(IllegalArgumentException.class, () -> CrmSettings.of(URI.create(url)));
  }
}
