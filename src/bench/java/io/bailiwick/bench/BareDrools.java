package io.bailiwick.bench;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.Territory;
import java.time.Duration;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;
import org.kie.internal.utils.KieHelper;

/**
 * Drools as an engineer would use it who wants speed and nothing else: one long-lived session with
 * the territories in it, a global that collects, the two phases, and no receipt.
 */
public final class BareDrools implements AutoCloseable {

  /** Keeps the proposal of the highest salience. */
  public static final class Collector {
    private @Nullable Territory best;
    private int salience;
    private int objections;

    /** Called by rules. */
    public void to(Territory territory, int weight) {
      if (best == null || weight > salience) {
        best = territory;
        salience = weight;
      }
    }

    /** Called by rules. */
    public void no() {
      objections++;
    }
  }

  private final KieSession session;
  private final Collector out = new Collector();

  BareDrools(Workload work) {
    this.session = compile(work.bare()).newKieSession();
    session.setGlobal("out", out);
    work.accounts().forEach(session::insert);
    work.snapshot().territories().forEach(session::insert);
  }

  static KieBase compile(String drl) {
    return new KieHelper()
        .setClassLoader(BareDrools.class.getClassLoader())
        .addContent(drl, "bare/bare.drl")
        .build(ExecutableModelProject.class);
  }

  /** The territory of a lead; null where it is none or not ready. */
  @Nullable
  Territory decide(Lead lead) {
    out.best = null;
    out.objections = 0;
    FactHandle handle = session.insert(lead);
    session.fireAllRules(100_000);
    Territory best = out.best;
    if (best != null) {
      var placement = Placement.of(best, Flag.YES, Workload.NOW, Duration.ofMinutes(15));
      FactHandle placed = session.insert(placement);
      session.fireAllRules(100_000);
      session.delete(placed);
    }
    session.delete(handle);
    return out.objections == 0 ? best : null;
  }

  @Override
  public void close() {
    session.dispose();
  }
}
