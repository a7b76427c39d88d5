package io.bailiwick.drools;

import io.bailiwick.drools.Route.Said;
import io.bailiwick.drools.facts.TerritoryFacts;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kie.api.definition.rule.Rule;
import org.kie.api.event.rule.BeforeMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * A Drools session that outlives the leads it judges: a new one for each lead would cost up to a
 * thousand times more.
 */
final class Session implements AutoCloseable {

  /** The session is no longer to be trusted; what it told stands in the message. */
  static final class Broken extends Exception {

    private static final long serialVersionUID = 1L;

    private final String told;

    Broken(String told, @Nullable Throwable cause) {
      super(told, cause);
      this.told = told;
    }

    String told() {
      return told;
    }
  }

  /** Facts in the session, taken out again on close. */
  final class Put implements AutoCloseable {

    private final FactHandle[] handles;

    private Put(FactHandle[] handles) {
      this.handles = handles;
    }

    /** Fires what matches, up to the limit, and takes what the rules said. */
    List<Said> fire() throws Broken {
      return fireAll();
    }

    @Override
    public void close() {
      for (FactHandle handle : handles) {
        session.delete(handle);
      }
    }
  }

  /** A placement is another one each minute while its territory is young. */
  private static final int MAX_PLACEMENTS = 4_096;

  private final Compiled compiled;
  private final int fireLimit;
  private final Route route = new Route();
  private final KieSession session;
  private final TerritoryFacts territories;
  private final boolean placementAlone;
  private final Map<Placement, List<Said>> saidOf = new HashMap<>();

  Session(Compiled compiled, int fireLimit) {
    this.compiled = compiled;
    this.fireLimit = fireLimit;
    this.session = compiled.base().newKieSession();
    this.session.setGlobal("route", route);
    if (!compiled.numbered()) {
      listen(compiled.numbers());
    }
    this.placementAlone = compiled.placementAlone();
    this.territories = new TerritoryFacts(session, compiled.namedTerritories());
  }

  /** Drools tells the name of a rule only to listeners. */
  private void listen(Map<String, Integer> numbers) {
    session.addEventListener(
        new DefaultAgendaEventListener() {
          @Override
          public void beforeMatchFired(BeforeMatchFiredEvent event) {
            Rule rule = event.getMatch().getRule();
            route.firing(numbers.getOrDefault(rule.getPackageName() + "." + rule.getName(), -1));
          }
        });
  }

  /** Makes its territories those of the snapshot. */
  int hold(TerritorySnapshot snapshot) throws Broken {
    try {
      return territories.hold(snapshot);
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  /** Puts the facts of a lead in; the caller closes them. */
  Put put(Lead lead, Instant at) throws Broken {
    return put(compiled.facts().of(lead, at));
  }

  /**
   * What the readiness rules say of the chosen territory. Where they ask of nothing else, they say
   * the same of an equal placement, and are asked once.
   */
  List<Said> saidOf(Placement placement) throws Broken {
    List<Said> known = saidOf.get(placement);
    if (known != null) {
      return known;
    }
    try (var placed = put(List.<Object>of(placement))) {
      List<Said> said = placed.fire();
      if (placementAlone) {
        if (saidOf.size() >= MAX_PLACEMENTS) {
          saidOf.clear();
        }
        saidOf.put(placement, said);
      }
      return said;
    }
  }

  private Put put(List<Object> facts) throws Broken {
    var handles = new FactHandle[facts.size()];
    try {
      for (int i = 0; i < handles.length; i++) {
        handles[i] = session.insert(facts.get(i));
      }
      return new Put(handles);
    } catch (RuntimeException e) {
      throw broken(e);
    }
  }

  /** Whether its territories are those of the snapshot. */
  boolean holds(TerritorySnapshot snapshot) {
    return territories.holds(snapshot);
  }

  /** The rule that fired last for the lead under way, in words; another thread may ask. */
  String lastFired() {
    return told(route.lastFired());
  }

  @Override
  public void close() {
    session.dispose();
  }

  private List<Said> fireAll() throws Broken {
    int fired;
    try {
      fired = session.fireAllRules(fireLimit);
    } catch (RuntimeException | StackOverflowError e) {
      throw broken(e);
    }
    int last = route.lastFired();
    if (fired >= fireLimit) {
      route.take();
      throw new Broken(
          "%s rules fired for one lead, the last of them %s".formatted(fireLimit, told(last)),
          null);
    }
    return route.take();
  }

  /** Names the rule and the kind of error, and none of the lead's values. */
  private Broken broken(Throwable e) {
    int last = route.lastFired();
    route.take();
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return new Broken(told(last) + " failed with " + root.getClass().getSimpleName(), e);
  }

  private String told(int number) {
    if (number < 0) {
      return "none, a condition";
    }
    CheckedRule rule = compiled.rules().get(number);
    return "rule \"%s\" (%s:%d)".formatted(rule.name(), rule.file(), rule.line());
  }
}
