package io.bailiwick.drools;

import io.bailiwick.drools.Route.Said;
import io.bailiwick.drools.facts.TerritoryFacts;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayList;
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

    private final List<FactHandle> handles;

    private Put(List<FactHandle> handles) {
      this.handles = handles;
    }

    /** Fires what matches, up to the limit, and takes what the rules said. */
    List<Said> fire() throws Broken {
      return fireAll();
    }

    @Override
    public void close() {
      handles.forEach(session::delete);
    }
  }

  private final Compiled compiled;
  private final int fireLimit;
  private final Route route = new Route();
  private final KieSession session;
  private final TerritoryFacts territories;

  Session(Compiled compiled, int fireLimit) {
    this.compiled = compiled;
    this.fireLimit = fireLimit;
    this.session = compiled.base().newKieSession();
    this.session.setGlobal("route", route);
    // Drools tells the name of a rule only to listeners.
    Map<String, Integer> numbers = compiled.numbers();
    this.session.addEventListener(
        new DefaultAgendaEventListener() {
          @Override
          public void beforeMatchFired(BeforeMatchFiredEvent event) {
            Rule rule = event.getMatch().getRule();
            route.firing(numbers.getOrDefault(rule.getPackageName() + "." + rule.getName(), -1));
          }
        });
    this.territories = new TerritoryFacts(session, compiled.namedTerritories());
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

  /** Puts the chosen territory in; the caller closes it. */
  Put put(Placement placement) throws Broken {
    return put(List.<Object>of(placement));
  }

  private Put put(List<Object> facts) throws Broken {
    List<FactHandle> handles = new ArrayList<>(facts.size());
    try {
      facts.forEach(fact -> handles.add(session.insert(fact)));
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
