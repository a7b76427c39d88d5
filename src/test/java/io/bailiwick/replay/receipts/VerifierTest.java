package io.bailiwick.replay.receipts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.leads.LeadHistory;
import io.bailiwick.store.MemoryJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerifierTest {

  private static final String RULES =
      """
      rule "Large" salience 50 when Lead( country == "US", employees >= 500 )
        $t : Territory( name == "West" ) then route.to($t); end
      rule "US" salience 10 when Lead( country == "US" )
        $t : Territory( name == "West" ) then route.to($t); end
      """;

  private final TerritorySnapshot territories =
      new TerritorySnapshot(List.of(Samples.territory("9", "West")), Flag.YES);
  private final Map<String, RuleFiles> versions = new HashMap<>();
  private final List<String> compiled = new ArrayList<>();
  private final MemoryJournal journal = new MemoryJournal();
  private final Verifier verifier =
      new Verifier(this::rulebook, id -> journal.snapshot(id).toCompletableFuture().join());

  @AfterEach
  void close() {
    verifier.close();
  }

  @Test
  void theSameIsTheSameAndAnyMemberThatIsNotIsNamedWithBothValues() {
    Lead lead = lead(1200);
    Decision decision = decide(lead, RULES);
    assertEquals(Standing.SAME, verifier.verify(lead, decision).standing());
    Map<String, String> changes =
        Map.of(
            "\"line\":1",
            "/winner/line",
            "\"salience\":10",
            "/runnersUp/0/hit/salience",
            "\"territory\":{\"id\":\"9\"",
            "/territory/id",
            decision.receipt().leadDigest(),
            "/leadDigest");
    changes.forEach(
        (part, pointer) -> {
          String text = Json.write(decision);
          assertTrue(text.contains(part), text);
          char end = part.charAt(part.length() - 1);
          String changed =
              part.endsWith("\"")
                  ? part.substring(0, part.length() - 1) + "7\""
                  : part.substring(0, part.length() - 1) + (end == '7' ? '8' : '7');
          Verified verified =
              verifier.verify(
                  lead,
                  Json.own(
                      text.replaceFirst(java.util.regex.Pattern.quote(part), changed),
                      Decision.class));
          assertEquals(Standing.DIFFERENT, verified.standing());
          assertNotNull(verified.difference());
          assertEquals(pointer, verified.difference().pointer());
        });
    Verified other = verifier.verify(lead(480), decision);
    assertEquals(Standing.DIFFERENT, other.standing());
  }

  @Test
  void aMemberThatIsAbsentOnOneSideIsNamedToo() {
    Lead lead = lead(1200);
    Decision decision = decide(lead, RULES);
    var receipt = decision.receipt();
    var fewer =
        Decision.assign(
            decision.territory(),
            new io.bailiwick.lead.Receipt(
                receipt.leadDigest(),
                receipt.winner(),
                null,
                List.of(),
                receipt.blockers(),
                "a word",
                receipt.rulebook(),
                receipt.snapshot(),
                receipt.decidedAt(),
                receipt.bailiwick(),
                receipt.drools(),
                null,
                null));
    Difference difference = Difference.between(fewer, decision);
    assertEquals("/runnersUp/0", difference.pointer());
    assertEquals("absent", difference.recorded());
    assertTrue(difference.decided().contains("\"US\""));
    assertNull(Difference.between(decision, decision));
  }

  @Test
  void whatCanNoLongerBeDecidedAgainIsToldApartFromWhatComesOutOtherwise() {
    Lead lead = lead(1200);
    Decision decision = decide(lead, RULES);
    String text = Json.write(decision);
    Decision hand = Samples.byHand();
    assertEquals(Standing.BY_HAND, verifier.verify(lead, hand).standing());
    assertEquals(hand, Json.own(Json.write(hand), Decision.class));
    String hash = decision.receipt().rulebook();
    assertEquals(Standing.UNDECIDED, verifier.verify(lead, null).standing());
    assertEquals(
        Standing.GIVEN_UP, verifier.verify(lead, Decision.giveUp(decision.receipt())).standing());
    assertEquals(
        Standing.RULEBOOK_GONE, verify(lead, text.replace(hash, "0".repeat(64))).standing());
    versions.put("broken", new RuleFiles(Map.of("a.drl", "rule")));
    assertEquals(Standing.RULEBOOK_GONE, verify(lead, text.replace(hash, "broken")).standing());
    String snapshot = decision.receipt().snapshot();
    assertEquals(Standing.SNAPSHOT_GONE, verify(lead, text.replace(snapshot, "x")).standing());
    Verified engine = verify(lead, text.replace("\"bailiwick\":\"test\"", "\"bailiwick\":\"0.0\""));
    assertEquals(Standing.OTHER_ENGINE, engine.standing());
    assertNull(engine.difference(), "this version decides the same");
    Lead bare = new LeadForm().set(LeadField.COUNTRY, "US").lead();
    assertEquals(Standing.ERASED, verifier.verify(bare, decision).standing());
  }

  @Test
  void aWholeJournalIsCountedAndEachRulebookIsCompiledOnce() {
    for (int i = 0; i < 2_500; i++) {
      String rules = RULES.replace("500", Integer.toString(500 + i % 3));
      Lead lead = LeadForm.of(lead(1200)).set(LeadField.CRM_ID, "r" + i).lead();
      record("id-" + i, lead, i % 100 == 7 ? wrong(decide(lead, rules)) : decide(lead, rules));
    }
    accept("undecided", Samples.lead("u"));
    try (var history = new LeadHistory(journal, Instant.EPOCH, Instant.now())) {
      JournalCheck check = JournalCheck.of(history, verifier, () -> {});
      assertEquals(2_475, check.count(Standing.SAME));
      assertEquals(25, check.count(Standing.DIFFERENT));
      assertEquals(1, check.count(Standing.UNDECIDED));
      assertEquals("id-7", check.otherwise().get(0).lead());
      assertEquals("/winner/line", check.otherwise().get(0).difference().pointer());
      assertEquals("id-2407", check.otherwise().get(24).lead());
      assertEquals(3, check.exitStatus());
    }
    assertEquals(3, compiled.size());
  }

  @Test
  void nothingThatCouldBeDecidedAgainIsNoSuccess() {
    Lead lead = LeadForm.of(lead(1)).set(LeadField.CRM_ID, "1").lead();
    record("id", lead, decide(lead, RULES));
    versions.clear();
    JournalCheck check =
        JournalCheck.of(new LeadHistory(journal, Instant.EPOCH, Instant.now()), verifier, () -> {});
    assertEquals(1, check.count(Standing.RULEBOOK_GONE));
    assertEquals(1, check.exitStatus());
    var empty = new LeadHistory(new MemoryJournal(), Instant.EPOCH, Instant.now());
    assertEquals(0, JournalCheck.of(empty, verifier, () -> {}).exitStatus());
  }

  @Test
  void aReceiptIsReadAsTheServiceAnswersItAndInItsOwnForm() {
    Lead lead = LeadForm.of(lead(1200)).setAttribute("a", "b").lead();
    Decision decision = decide(lead, RULES);
    ObjectNode answered = Json.mapper().createObjectNode();
    answered.set("lead", LeadJson.write(lead));
    answered.set("decision", EntryJson.decision(decision));
    ObjectNode own = answered.deepCopy();
    own.set("decision", Json.tree(decision));
    for (ObjectNode body : List.of(answered, own)) {
      ReceiptFile file = ReceiptFile.read(bytes(Json.write(body)));
      assertEquals(new ReceiptFile(lead, decision), file);
      assertEquals(Standing.SAME, verifier.verify(file.lead(), file.decision()).standing());
    }
    for (String wrong :
        List.of(
            "{", "{}", "{\"lead\":{},\"decision\":{}}", "{\"lead\":{\"x\":1},\"decision\":{}}")) {
      assertThrows(IllegalArgumentException.class, () -> ReceiptFile.read(bytes(wrong)), wrong);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Verified verify(Lead lead, String decision) {
    return verifier.verify(lead, Json.own(decision, Decision.class));
  }

  private static Decision wrong(Decision decision) {
    return Json.own(Json.write(decision).replaceFirst("\"line\":1", "\"line\":2"), Decision.class);
  }

  private static Lead lead(int employees) {
    return new LeadForm()
        .set(LeadField.COUNTRY, "US")
        .set(LeadField.EMAIL, "ana@acme.example")
        .set(LeadField.EMPLOYEES, Integer.toString(employees))
        .lead();
  }

  private final Map<String, Rulebook> deciding = new HashMap<>();

  private Decision decide(Lead lead, String rules) {
    var files = new RuleFiles(Map.of("main.drl", rules));
    versions.put(files.hash(), files);
    journal
        .keepSnapshot(new KeptSnapshot(territories, Samples.NOON, 1), Changed.NOTHING)
        .toCompletableFuture()
        .join();
    return deciding
        .computeIfAbsent(files.hash(), hash -> compile(files))
        .decide(List.of(lead), territories, Samples.NOON)
        .toCompletableFuture()
        .join()
        .get(0);
  }

  private Optional<Rulebook> rulebook(String hash) {
    RuleFiles files = versions.get(hash);
    compiled.add(hash);
    return files == null ? Optional.empty() : Optional.of(compile(files));
  }

  private static Rulebook compile(RuleFiles files) {
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "test");
    if (RulebookCompiler.compile(files, settings) instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new IllegalArgumentException("it does not compile");
  }

  private Entry accept(String id, Lead lead) {
    var submission = new Submission(id, lead, "{}", Samples.NOON);
    journal.accept(List.of(submission), null).toCompletableFuture().join();
    return journal.find(id).toCompletableFuture().join().orElseThrow();
  }

  private void record(String id, Lead lead, Decision decision) {
    Entry accepted = accept(id, lead);
    var move = new Move(accepted, accepted.decided(decision, Samples.NOON), "decided");
    journal.record(List.of(move)).toCompletableFuture().join();
  }
}
