package io.bailiwick.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RequestsTest {

  @Test
  void eachLeadIsAnotherRecordWhateverTheBatch() throws Exception {
    for (int batch : new int[] {1, 7}) {
      Load load = Load.closed("http://localhost:1", 1, 1).of(21, batch);
      // Over a thousand: three digits and more change.
      var requests = new Requests(load, Requests.FIRST + 995);
      List<String> records = new ArrayList<>();
      for (int i = 0; i < load.requests(); i++) {
        String text = requests.next().toString();
        String body = text.substring(text.indexOf("\r\n\r\n") + 4);
        assertTrue(text.contains("Content-Length: " + body.length() + "\r\n"), text);
        JsonNode json = new ObjectMapper().readTree(body);
        for (JsonNode lead : json.isArray() ? json : List.of(json)) {
          records.add(lead.path("crmId").asText());
        }
      }
      assertEquals(
          LongStream.range(Requests.FIRST + 995, Requests.FIRST + 995 + 21)
              .mapToObj(Long::toString)
              .toList(),
          records);
    }
  }

  @Test
  void aKeyIsSentWhereThereIsOne() {
    Load load = Load.closed("http://localhost:1", 1, 1);
    assertTrue(
        new Requests(load.by("Bearer x"), Requests.FIRST)
            .next()
            .toString()
            .contains("\r\nAuthorization: Bearer x\r\n"));
    assertTrue(!new Requests(load, Requests.FIRST).next().toString().contains("Authorization"));
  }
}
