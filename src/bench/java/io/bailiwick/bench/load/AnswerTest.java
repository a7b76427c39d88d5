package io.bailiwick.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class AnswerTest {

  private static final String ACCEPTED =
      "HTTP/1.1 202 Accepted\r\nlocation: /v1/leads/1\r\nContent-LENGTH: 9\r\n\r\n{\"id\":1}\n";

  @Test
  void anAnswerIsReadWhereverItIsCut() {
    for (int cut = 1; cut < ACCEPTED.length(); cut++) {
      var answer = new Answer();
      assertEquals(0, answer.take(Buffer.buffer(ACCEPTED.substring(0, cut))), "cut at " + cut);
      assertEquals(202, answer.take(Buffer.buffer(ACCEPTED.substring(cut))), "cut at " + cut);
    }
  }

  @Test
  void oneAnswerAfterAnotherIsRead() {
    var answer = new Answer();
    assertEquals(202, answer.take(Buffer.buffer(ACCEPTED)));
    assertEquals("", answer.text());
    assertEquals(
        503, answer.take(Buffer.buffer("HTTP/1.1 503 No\r\ncontent-length:4\r\n\r\nbusy")));
    assertTrue(answer.text().endsWith("busy"));
    assertEquals(202, answer.take(Buffer.buffer(ACCEPTED)));
  }

  @Test
  void whatCannotBeCountedIsSaid() {
    var chunked = Buffer.buffer("HTTP/1.1 202 Accepted\r\ntransfer-encoding: chunked\r\n\r\n");
    assertThrows(IllegalStateException.class, () -> new Answer().take(chunked));
    var twice = Buffer.buffer(ACCEPTED + ACCEPTED);
    assertThrows(IllegalStateException.class, () -> new Answer().take(twice));
  }
}
