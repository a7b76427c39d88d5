package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.json.Json;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.NewRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said in an upsert, and the table of Zoho's answers to it. */
class UpsertAnswersTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private static final Lead LEAD =
      new LeadForm()
          .set(LeadField.EMAIL, "Ana@Acme.example")
          .set(LeadField.LAST_NAME, "Diaz")
          .set(LeadField.REGION, "California")
          .set(LeadField.EMPLOYEES, "1,200")
          .setAttribute("Partner_Tier", "gold")
          .setAttribute("Owner", "42")
          .setAttribute("utm source", "fair")
          .lead();

  @Test
  void itNamesTheRecordsFieldsByTheirApiNamesAndRunsNothingOfTheCrms() {
    Writing.Request request = Upsert.by(NewRecords.STANDARD).request(LEAD);
    assertEquals("POST Leads/upsert", request.method() + " " + request.path());
    assertEquals(
        "{'data':[{'Partner_Tier':'gold','Last_Name':'Diaz','Email':'ana@acme.example',"
            + "'State':'CA','No_of_Employees':1200}],"
            + "'duplicate_check_fields':['Email'],'trigger':[]}",
        Json.write(request.body()).replace('"', '\''));
  }

  @Test
  void itSaysWhatTheCrmIsToRunWhereThatIsConfigured() {
    var checks = new NewRecords(List.of("Leads.Partner_Tier", "Email", "Contacts.Nick"));
    var upsert = new Upsert(checks, "77", List.of("workflow"), List.of("layout_rules"));
    var body = Json.tree(upsert.request(LEAD).body());
    assertEquals("[\"Partner_Tier\",\"Email\"]", body.path("duplicate_check_fields").toString());
    assertEquals("[\"workflow\"]", body.path("trigger").toString());
    assertEquals("77", body.path("lar_id").asText());
    assertEquals("[{\"name\":\"layout_rules\"}]", body.path("apply_feature_execution").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "201 | made 7 | {'data':[{'code':'SUCCESS','details':{'id':'7'},'action':'insert'}]}",
        "200 | found 7 | {'data':[{'code':'SUCCESS','details':{'id':'7'},'action':'update'}]}",
        "200 | made 7 | {'data':[{'code':'SUCCESS','details':{'id':7},'status':'success'}]}",
        "200 | Unknown | {'data':[{'code':'SUCCESS','details':{}}]}",
        "200 | Unknown | {'data':[{'code':'SUCCESS','details':{'id':'no id'}}]}",
        "200 | Unknown | {'code':'SUCCESS','details':{'id':'7'}}",
        "200 | Unknown | {'data':[]}",
        "200 | Unknown | {'data':[{'code':'SUCCESS','details':{'id':'7'}},{'code':'SUCCESS'}]}",
        "400 | Unknown | {'data':[{'code':'SUCCESS','details':{'id':'7'}}]}",
        "202 | Unknown | {'data':[{'code':'SCHEDULED','details':{'id':'7'}}]}",
        "400 | Rejected | {'data':[{'code':'MANDATORY_NOT_FOUND','details':{'api_name':'Stage'}}]}",
        "207 | Rejected | {'data':[{'code':'INVALID_DATA','details':{'api_name':'Email'},"
            + "'status':'error'}]}",
        "400 | Rejected | {'data':[{'code':'DUPLICATE_DATA','details':{'api_name':'Nick',"
            + "'id':'9'},'status':'error'}]}",
        "400 | Rejected | {'data':[{'code':'INVALID_DATA','details':{'api_name':'Territory'}}]}",
        "400 | RecordGone | {'data':[{'code':'ID_ALREADY_CONVERTED','details':{}}]}",
        "400 | Unavailable | {'data':[{'code':'RECORD_LOCKED','details':{'id':'7'}}]}",
        "400 | Unavailable | {'code':'INVALID_DATA','details':{'api_name':'lar_id'}}",
        "400 | Unavailable | {'code':'INVALID_DATA','details':{'api_name':"
            + "'duplicate_check_fields'}}",
        "400 | Rejected | {'code':'INVALID_MODULE','details':{}}",
        "401 | Unauthorized | {'code':'INVALID_TOKEN','details':{}}",
        "403 | Unauthorized | {'code':'NO_PERMISSION','details':{}}",
        "429 | RateLimited | {'code':'TOO_MANY_REQUESTS','details':{}}",
        "500 | Unavailable | {'code':'INTERNAL_ERROR','details':{}}",
        "502 | Unknown | <html>",
        "200 | Unknown | <html>",
      })
  void anAnswerMeansWhatZohoSaysItMeans(int status, String meaning, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Creation creation = UpsertAnswers.of(new Reply(status, Map.of(), bytes), NOW);
    String told =
        creation instanceof Creation.Named named
            ? (named.found() ? "found " : "made ") + named.crmId()
            : ((Creation.Failed) creation).outcome().getClass().getSimpleName();
    assertEquals(meaning, told, creation.detail());
  }

  @Test
  void aMistakeInTheKnobsSaysWhereToLook() {
    byte[] bytes =
        "{\"code\":\"INVALID_DATA\",\"details\":{\"api_name\":\"lar_id\"},\"status\":\"error\"}"
            .getBytes(StandardCharsets.UTF_8);
    Creation creation = UpsertAnswers.of(new Reply(400, Map.of(), bytes), NOW);
    String told = assertInstanceOf(Creation.Failed.class, creation).detail();
    assertTrue(told.contains("(lar_id): see the knobs of crm.create"), told);
  }
}
