package io.bailiwick.replay.compare;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which published versions of the rules moved which leads: each version is held against the one
 * before it, beside the same territories and clock, from the latest back to the oldest. Only two
 * rulebooks are open at a time.
 */
public final class Bisection {

  /** A publication that moved at least one lead, and what it did. */
  public record Moved(Publication publication, Comparison comparison) {}

  /** Where the versions' rulebooks come from; each is left as soon as it is not needed. */
  public interface Versions {

    /** Empty where that version is not kept, or cannot be compiled any more. */
    Optional<Rulebook> compiled(Publication publication);

    /** It is not asked again. */
    void leave(Rulebook rulebook);
  }

  /** Hears how far it is. */
  public interface Heard {

    /** One more version was compiled, or could not be. */
    void version(boolean compiled);

    /** This one moved a lead. */
    void moved(Moved one);
  }

  private final Versions versions;
  private final Consumer<Comparer> leads;
  private final Heard heard;

  /** {@code leads} gives a comparer the leads, the same each time. */
  public Bisection(Versions versions, Consumer<Comparer> leads, Heard heard) {
    this.versions = versions;
    this.leads = leads;
    this.heard = heard;
  }

  /** Walks the log, newest first, as the journal gives it. */
  public void walk(List<Publication> log) {
    @Nullable Rulebook after = null;
    @Nullable Publication published = null;
    try {
      for (Publication older : log) {
        if (after != null && after.hash().equals(older.hash())) {
          published = older;
          continue;
        }
        Optional<Rulebook> before = versions.compiled(older);
        heard.version(before.isPresent());
        if (before.isEmpty()) {
          continue;
        }
        if (after != null && published != null) {
          compare(before.get(), after, published);
          versions.leave(after);
        }
        after = before.get();
        published = older;
      }
    } finally {
      if (after != null) {
        versions.leave(after);
      }
    }
  }

  private void compare(Rulebook before, Rulebook after, Publication published) {
    var comparer = new Comparer(new Comparer.Sides(before, after, null), one -> {});
    leads.accept(comparer);
    Comparison comparison = comparer.finish();
    if (comparison.changes() > 0) {
      heard.moved(new Moved(published, comparison));
    }
  }
}
