package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom version 8 lets assign: administrators everywhere, managers from their territory down. */
class V8ReadingIT extends WireGround {

  private static final String TERRITORIES =
      "{'territories':[{'id':'1','name':'Root','reporting_to':null,'manager':{'id':'5'}},"
          + "{'id':'2','name':'West','reporting_to':{'id':'1'},'manager':{'id':'77'}},"
          + "{'id':'3','name':'Coast','reporting_to':{'id':'2'},'manager':null},"
          + "{'id':'4','name':'East','reporting_to':{'id':'1'},'manager':{'id':'6'}}],"
          + "'info':{'count':0,'page':1,'per_page':200,'more_records':false}}";

  private final Map<String, String> asked = new ConcurrentHashMap<>();

  private TerritoryReading read(Map<String, String> answers) throws IOException {
    var crm = crm(answers, Dialect.ZOHO_V8);
    return assertInstanceOf(TerritoryAnswer.Complete.class, given(crm.territories())).reading();
  }

  private ZohoCrm crm(Map<String, String> answers, Dialect dialect) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    open.add(() -> server.stop(0));
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.put(path, exchange.getRequestHeaders().getFirst("Authorization"));
          String answer = answers.get(path);
          byte[] body =
              (answer == null ? "" : answer).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              answer == null ? 204 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    var settings =
        CrmSettings.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())).in(dialect);
    var crm = new ZohoCrm(vertx, settings, TokenSource.fixed("secret"), InstantSource.system());
    open.add(crm);
    return crm;
  }

  private static Map<String, String> answers(String profile) {
    Map<String, String> answers = new HashMap<>();
    answers.put("/crm/v8/settings/territories", TERRITORIES);
    answers.put(
        "/crm/v8/users", "{'users':[{'id':'77','profile':{'id':'9','name':'" + profile + "'}}]}");
    return answers;
  }

  @Test
  void the_members_of_a_territory_are_told_and_it_is_said_where_nothing_tells_them()
      throws Exception {
    String path = "/crm/v8/settings/territories/4/users";
    String users =
        "{'users':[{'id':'7','full_name':'Ana Diaz','status':'active','role':{'name':'Sales'}},"
            + "{'id':'8','status':'closed'}],'info':{'more_records':true}}";
    var told =
        assertInstanceOf(
            TerritoryMembers.Told.class,
            given(crm(Map.of(path, users), Dialect.ZOHO_V8).members("4")));
    assertEquals(
        List.of(
            new TerritoryMembers.Member("Ana Diaz", Flag.YES, null, "Sales"),
            new TerritoryMembers.Member("8", Flag.NO, null, null)),
        told.members());
    assertTrue(told.more());
    assertEquals(
        new TerritoryMembers.Told(List.of(), false),
        given(crm(Map.of(), Dialect.ZOHO_V8).members("4")));
    assertInstanceOf(
        TerritoryMembers.Failed.class,
        given(crm(Map.of(path, "<html>"), Dialect.ZOHO_V8).members("4")));
    asked.clear();
    assertInstanceOf(
        TerritoryMembers.Untold.class,
        given(crm(Map.of(path, users), Dialect.CLASSIC).members("4")));
    assertEquals(Map.of(), asked, "the classic API has no such call, so none is made");
  }

  @Test
  void an_administrator_reaches_every_territory_and_is_asked_for_nothing_else() throws Exception {
    TerritoryReading reading = read(answers("Administrator"));
    assertEquals(Set.of("1", "2", "3", "4"), reading.memberOf());
    assertEquals(Flag.YES, reading.permitted());
    assertEquals(Set.of("/crm/v8/settings/territories", "/crm/v8/users"), asked.keySet());
    assertEquals(Set.of("Zoho-oauthtoken secret"), Set.copyOf(asked.values()));
  }

  @Test
  void a_manager_reaches_what_it_manages_and_all_below_though_no_list_names_it() throws Exception {
    TerritoryReading reading = read(answers("Standard"));
    assertEquals(Set.of("2"), reading.memberOf());
    assertEquals(Flag.UNKNOWN, reading.permitted());
  }

  @Test
  void one_that_also_belongs_to_a_territory_is_not_taken_as_shut_out_of_it() throws Exception {
    Map<String, String> answers = answers("Standard");
    answers.put(
        "/crm/v8/users/77/territories",
        "{'territories':[{'id':'4','Name':'East','Reporting_To':{'id':'1'},'Manager':{'id':'6'}}],"
            + "'info':{'more_records':false}}");
    assertEquals(Set.of("2", "4"), read(answers).memberOf());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          active   |                                                   | YES     | UNKNOWN | YES
          disabled | {'users':[{'status':'closed'},{'status':'active'}]} | NO    | YES     | YES
          closed   | {'users':[{'status':'deleted'}]}                  | NO      | NO      | NO
          deleted  |                                                   | NO      | NO      | NO
          rejected | <html>                                            | NO      | UNKNOWN | UNKNOWN
          disabled | {'users':[{}]}                                    | NO      | UNKNOWN | UNKNOWN
          disabled | {'users':[{'status':'closed'}],'info':{'more_records':true}} | NO | UNKNOWN | UNKNOWN
          """)
  void a_territory_is_active_while_its_manager_or_one_of_its_users_is(
      String status, String users, Flag manager, Flag any, Flag active) throws Exception {
    Map<String, String> answers = answers("Administrator");
    String of = "'manager':{'id':'6'";
    answers.put(
        "/crm/v8/settings/territories", TERRITORIES.replace(of, of + ",'status':'" + status + "'"));
    if (users != null) {
      answers.put("/crm/v8/settings/territories/4/users", users);
    }
    Listed east = read(answers).territories().get(3);
    assertEquals(new Staff(manager, any), east.staff());
    assertEquals(active, east.active());
    boolean counted = asked.containsKey("/crm/v8/settings/territories/4/users");
    assertEquals(manager == Flag.NO, counted, "users are only asked for where it matters");
  }

  @Test
  void of_many_territories_without_an_active_manager_a_hundred_are_looked_into() throws Exception {
    String rows =
        IntStream.rangeClosed(1, 150)
            .mapToObj(
                i -> "{'id':'%d','name':'T','manager':{'id':'9','status':'closed'}}".formatted(i))
            .collect(Collectors.joining(","));
    Map<String, String> answers = answers("Administrator");
    answers.put("/crm/v8/settings/territories", "{'territories':[" + rows + "],'info':{}}");
    List<Flag> active = read(answers).territories().stream().map(Listed::active).toList();
    assertEquals(StaffReading.MOST, active.stream().filter(Flag.NO::equals).count());
    assertEquals(50, active.stream().filter(Flag.UNKNOWN::equals).count());
  }

  @Test
  void what_cannot_be_read_of_the_user_leaves_it_open() throws Exception {
    Map<String, String> unreadable = answers("Standard");
    unreadable.put("/crm/v8/users/77/territories", "<html>");
    assertNull(read(unreadable).memberOf());
    Map<String, String> nobody = answers("Standard");
    nobody.remove("/crm/v8/users");
    assertNull(read(nobody).memberOf());
  }
}
