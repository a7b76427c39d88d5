package io.bailiwick.sandbox;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.lead.Touched;
import io.bailiwick.lead.TraceParent;
import io.bailiwick.sandbox.PortCalls.Heard;
import io.bailiwick.sandbox.PortCalls.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The port face: the same model as a {@link Crm} in this process, asynchronous by the timers it is
 * given, so that a story or a simulator runs it by virtual time. Its outcomes are those which the
 * real client makes of the HTTP face; one contract suite runs over both. No stage fails.
 */
public final class SandboxCrm implements Crm {

  private final SandboxModel model;
  private final PortCalls calls;
  private final int batch;

  /** One record a call; {@code deadline} bounds each call, as it does the real client's. */
  public SandboxCrm(SandboxModel model, Timers timers, Duration deadline) {
    this(model, timers, deadline, 1);
  }

  /** With {@code batch} records in one call, 1 to 100. */
  public SandboxCrm(SandboxModel model, Timers timers, Duration deadline, int batch) {
    this.batch = batch;
    this.model = model;
    this.calls = new PortCalls(model, timers, deadline);
  }

  @Override
  public CrmCapabilities capabilities() {
    return new CrmCapabilities(batch, Set.copyOf(RecordBook.MODULES), false, NewRecords.STANDARD);
  }

  /** By the fields that Zoho itself finds duplicates by. */
  @Override
  public CompletionStage<Creation> create(Lead lead, @Nullable TraceParent trace) {
    String path = "/crm/v2/" + lead.module() + "/upsert";
    if (!RecordBook.MODULES.contains(lead.module())) {
      return calls
          .call("POST", path, () -> new Served<>(400, lead))
          .thenApply(heard -> failed(heard, new Outcome.Rejected("no such module")));
    }
    return calls
        .call("POST", path, () -> PortUpsert.served(model, path, lead))
        .thenApply(
            heard ->
                heard instanceof Heard.Got<Creation> got
                    ? got.value()
                    : failed(heard, new Outcome.Unknown("the sandbox gave no answer")));
  }

  private static Creation failed(Heard<?> heard, Outcome otherwise) {
    return new Creation.Failed(
        heard instanceof Heard.Refused<?> refused
            ? PortRefusal.outcome(refused.status(), refused.retryAfter())
            : heard instanceof Heard.Lost<?>
                ? new Outcome.Unknown("the sandbox gave no answer")
                : otherwise);
  }

  /** One alone by its own address, several by their module's. */
  @Override
  public CompletionStage<List<Outcome>> assign(List<Assignment> together) {
    Assignment first = together.get(0);
    String records = "/crm/v2/" + first.module();
    String path = together.size() == 1 ? records + "/" + first.crmId() : records;
    return calls
        .call("PUT", path, () -> served(together, path))
        .thenApply(
            heard ->
                IntStream.range(0, together.size())
                    .mapToObj(i -> outcome(heard.map(verdicts -> verdicts.get(i))))
                    .toList());
  }

  private Served<List<Verdict>> served(List<Assignment> together, String path) {
    List<Served<Verdict>> all =
        together.stream().map(one -> served(model.write(wish(one, path)))).toList();
    boolean alike = all.stream().mapToInt(Served::status).distinct().count() == 1;
    List<Verdict> verdicts = all.stream().map(Served::value).toList();
    return new Served<>(alike ? all.get(0).status() : 207, verdicts);
  }

  private static Wish wish(Assignment one, String path) {
    return Wish.of(path, one.module(), one.crmId(), one.territoryId());
  }

  @Override
  public CompletionStage<TerritoryMembers> members(String territory) {
    var untold = new TerritoryMembers.Untold("the classic API lists no users of a territory");
    return CompletableFuture.completedFuture(untold);
  }

  /** This face is classic: a record has one territory. */
  @Override
  public CompletionStage<Outcome> remove(Assignment assignment) {
    return CompletableFuture.completedFuture(
        new Outcome.Rejected("a record has one territory, which the next write replaces"));
  }

  @Override
  public CompletionStage<List<RecordState>> read(String module, List<String> crmIds) {
    String records = "/crm/v2/" + module;
    String path = crmIds.size() == 1 ? records + "/" + crmIds.get(0) : records;
    if (!RecordBook.MODULES.contains(module)) {
      return calls
          .call("GET", path, () -> new Served<>(400, module))
          .thenApply(
              heard ->
                  Collections.nCopies(
                      crmIds.size(), new RecordState.Unreadable("no such module: " + module)));
    }
    return calls
        .call("GET", path, () -> shown(module, crmIds))
        .thenApply(
            heard ->
                IntStream.range(0, crmIds.size())
                    .mapToObj(i -> state(heard.map(all -> all.get(i)), model.activityShown()))
                    .toList());
  }

  /** Makes the same calls as the real client: the pages, the user, its territories, its profile. */
  @Override
  public CompletionStage<TerritoryAnswer> territories() {
    return pages(
            "/crm/v2/settings/territories",
            () -> model.territoriesEnabled() ? Optional.of(model.territories()) : Optional.empty())
        .thenCompose(
            all ->
                all.isPresent()
                    ? user(all.get())
                    : CompletableFuture.completedFuture(
                        new TerritoryAnswer.Failed("the territories could not be read")));
  }

  @Override
  public CompletionStage<CrmInspection> inspect() {
    return new PortInspection(model, calls).begin().thenCompose(first -> read(first));
  }

  private CompletionStage<CrmInspection> read(CrmInspection calls) {
    return calls.call(CrmInspection.Step.USER) == null
        ? CompletableFuture.completedFuture(calls)
        : territories()
            .thenApply(
                answer ->
                    answer instanceof TerritoryAnswer.Complete whole
                        ? PortInspection.with(calls, whole.reading())
                        : calls);
  }

  private CompletionStage<TerritoryAnswer> user(List<Listed> all) {
    return calls
        .call("GET", "/crm/v2/users", () -> new Served<>(200, model.userId()))
        .thenCompose(
            heard ->
                heard instanceof Heard.Got<String> user
                    ? memberships(all, user.value())
                    : CompletableFuture.completedFuture(complete(all, null, Flag.UNKNOWN)));
  }

  private CompletionStage<TerritoryAnswer> memberships(List<Listed> all, String user) {
    String profile = "/crm/v2/settings/profiles/" + People.PROFILE;
    return pages("/crm/v2/users/" + user + "/territories", model::userTerritories)
        .thenCompose(
            own ->
                calls
                    .call("GET", profile, () -> new Served<>(200, model.permitted()))
                    .thenApply(heard -> complete(all, ids(own), permitted(heard))));
  }

  /** Reads a list by pages, each a call that faults may befall; empty where one cannot be read. */
  private CompletionStage<Optional<List<Listed>>> pages(
      String path, Supplier<Optional<List<Listed>>> list) {
    var answer = new CompletableFuture<Optional<List<Listed>>>();
    page(path, list, 1, answer);
    return answer;
  }

  private void page(
      String path,
      Supplier<Optional<List<Listed>>> list,
      int number,
      CompletableFuture<Optional<List<Listed>>> answer) {
    calls
        .call("GET", path, () -> served(list.get()))
        .thenAccept(
            heard -> {
              Optional<List<Listed>> read =
                  heard instanceof Heard.Got<Optional<List<Listed>>> got
                      ? got.value()
                      : Optional.empty();
              if (read.isPresent() && read.get().size() > number * Pages.MAX_PER_PAGE) {
                page(path, list, number + 1, answer);
              } else {
                answer.complete(read);
              }
            });
  }

  private static Served<Verdict> served(Verdict verdict) {
    return switch (verdict) {
      case WRITTEN, UPDATED, IGNORED -> new Served<>(200, verdict);
      case INVALID_TERRITORY, UNKNOWN_RECORD, UNKNOWN_MODULE -> new Served<>(400, verdict);
      case INSERTED, REMOVED, SCHEDULED, ALREADY_SCHEDULED, ALREADY_THERE, TOO_MANY, LOCKED ->
          throw ofAnAction();
    };
  }

  private static IllegalStateException ofAnAction() {
    return new IllegalStateException("no verdict on a classic write");
  }

  private static Served<Optional<List<Listed>>> served(Optional<List<Listed>> list) {
    int status = list.isEmpty() ? 403 : list.get().isEmpty() ? 204 : 200;
    return new Served<>(status, list);
  }

  private Served<List<Optional<RecordBook.Shown>>> shown(String module, List<String> crmIds) {
    List<Optional<RecordBook.Shown>> all =
        crmIds.stream().map(id -> Optional.ofNullable(model.record(module, id))).toList();
    return new Served<>(all.stream().noneMatch(Optional::isPresent) ? 204 : 200, all);
  }

  private static RecordState state(Heard<Optional<RecordBook.Shown>> heard, boolean activityShown) {
    if (heard instanceof Heard.Got<Optional<RecordBook.Shown>> got) {
      return got.value().isEmpty()
          ? new RecordState.Gone("the sandbox has no such record")
          : present(got.value().get(), activityShown);
    }
    return new RecordState.Unreadable("the sandbox did not answer the reading");
  }

  private static RecordState present(RecordBook.Shown shown, boolean activityShown) {
    Instant at = shown.activity();
    Touched touched = at == null ? new Touched.Never() : new Touched.At(at);
    return new RecordState.Present(shown.territory(), activityShown ? touched : Touched.UNKNOWN);
  }

  private static Outcome outcome(Heard<Verdict> heard) {
    if (heard instanceof Heard.Got<Verdict> got) {
      return switch (got.value()) {
        case WRITTEN, UPDATED, IGNORED -> new Outcome.Done("the sandbox says it is written");
        case INVALID_TERRITORY -> new Outcome.TerritoryInvalid("invalid territory id");
        case UNKNOWN_RECORD -> new Outcome.RecordGone("the sandbox has no such record");
        case UNKNOWN_MODULE -> new Outcome.Rejected("the sandbox has no such module");
        case INSERTED, REMOVED, SCHEDULED, ALREADY_SCHEDULED, ALREADY_THERE, TOO_MANY, LOCKED ->
            throw ofAnAction();
      };
    }
    if (heard instanceof Heard.Refused<Verdict> refused) {
      return PortRefusal.outcome(refused.status(), refused.retryAfter());
    }
    return new Outcome.Unknown("the sandbox gave no answer");
  }

  private static Flag permitted(Heard<Flag> heard) {
    return heard instanceof Heard.Got<Flag> got ? got.value() : Flag.UNKNOWN;
  }

  private static @Nullable Set<String> ids(Optional<List<Listed>> own) {
    return own.isEmpty()
        ? null
        : own.get().stream().map(Listed::id).collect(Collectors.toUnmodifiableSet());
  }

  private static TerritoryAnswer complete(
      List<Listed> all, @Nullable Set<String> memberOf, Flag permitted) {
    return new TerritoryAnswer.Complete(new TerritoryReading(all, memberOf, permitted));
  }
}
