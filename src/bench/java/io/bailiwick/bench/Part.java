package io.bailiwick.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.flow.Backoff;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Lead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What of a lead's way is measured alone, a batch of leads at a time. */
public enum Part {
  /** The bytes of a lead's JSON to a lead; over Jackson's tree of them. */
  READ {
    @Override
    Pair open() {
      byte[] json = LeadJson.write(lead()).toString().getBytes(StandardCharsets.UTF_8);
      var mapper = new ObjectMapper();
      return new Times() {
        @Override
        Object bareOnce() throws IOException {
          return mapper.readTree(json);
        }

        @Override
        Object oursOnce() throws IOException {
          return LeadJson.read(Json.mapper().readTree(json), "", SourceMapping.PLAIN, false);
        }
      };
    }
  },
  /** A lead to the bytes that its digest is taken of; over Jackson's bytes of its tree. */
  WRITE {
    @Override
    Pair open() {
      Lead lead = lead();
      var tree = LeadJson.write(lead);
      var mapper = new ObjectMapper();
      return new Times() {
        @Override
        Object bareOnce() throws IOException {
          return mapper.writeValueAsBytes(tree);
        }

        @Override
        Object oursOnce() {
          return LeadJson.canonical(lead);
        }
      };
    }
  },
  /** A delay drawn; over the random number alone. */
  BACKOFF {
    @Override
    Pair open() {
      RandomGenerator random = RandomGeneratorFactory.getDefault().create(1);
      var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(15));
      return new Times() {
        private int tries;

        @Override
        Object bareOnce() {
          return random.nextDouble();
        }

        @Override
        Object oursOnce() {
          return backoff.delay(tries++ & 15, random.nextDouble());
        }
      };
    }
  },
  /** A batch accepted by the journal, on disk; over one commit of as many bare rows. */
  JOURNAL {
    @Override
    Pair open() throws Exception {
      return new JournalPair(leads());
    }
  };

  /** Leads at a time. */
  static final int BATCH = 256;

  /** Both sides of a part; each does a batch. */
  interface Pair extends AutoCloseable {

    /** What is not measured: the next batch. */
    default void prepare() {}

    /** By Bailiwick. */
    Object ours() throws Exception;

    /** By the least that does the like. */
    Object bare() throws Exception;
  }

  abstract Pair open() throws Exception;

  static List<Lead> leads() {
    return new Workload(Workload.Kind.LITERAL, 100, 100).leads();
  }

  static Lead lead() {
    return leads().get(0);
  }

  /** What is done lead by lead. */
  private abstract static class Times implements Pair {

    abstract Object oursOnce() throws IOException;

    abstract Object bareOnce() throws IOException;

    @Override
    public Object ours() throws IOException {
      int sum = 0;
      for (int i = 0; i < BATCH; i++) {
        sum += oursOnce().hashCode();
      }
      return sum;
    }

    @Override
    public Object bare() throws IOException {
      int sum = 0;
      for (int i = 0; i < BATCH; i++) {
        sum += bareOnce().hashCode();
      }
      return sum;
    }

    @Override
    public void close() {}
  }
}
