package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Who we are at the CRM, by what it says of a token: asked once, when it is new.
 *
 * @param user the API user's name; null where it could not be read
 * @param profile its profile
 * @param organisation the organisation's name; null where it could not be read
 * @param troubles what could not be read, and why, for people
 * @param letIn whether the token opened all that was asked; what is merely not there counts
 */
public record Introduction(
    @Nullable String user,
    @Nullable String profile,
    @Nullable String organisation,
    List<String> troubles,
    boolean letIn) {

  /** Makes the three calls one after another; the stage never fails. */
  public static CompletionStage<Introduction> of(
      Vertx vertx, CrmSettings settings, TokenSource tokens) {
    var gate = Gate.of(settings, InstantSource.system());
    var asking = new Asking(new Wire(vertx, settings, tokens, gate), settings);
    return asking
        .json("the API user", "users?type=CurrentUser")
        .thenCompose(
            users ->
                asking
                    .json("the organisation", "org")
                    .thenCompose(
                        org ->
                            asking
                                .json("the territories", "settings/territories?page=1&per_page=1")
                                .thenApply(listed -> asking.introduction(users, org))));
  }

  /** One round of questions. */
  private static final class Asking {
    private final Wire wire;
    private final CrmSettings settings;
    private final List<String> troubles = new ArrayList<>();
    private boolean letIn = true;

    Asking(Wire wire, CrmSettings settings) {
      this.wire = wire;
      this.settings = settings;
    }

    CompletionStage<@Nullable JsonNode> json(String what, String path) {
      var call =
          new Wire.Call(
              HttpMethod.GET,
              settings.dialect().api() + path,
              null,
              settings.listCap(),
              settings.deadline());
      return wire.call(call).thenApply(heard -> body(what, heard));
    }

    private static String told(@Nullable Saying saying) {
      if (saying == null) {
        return "";
      }
      String code = " " + Reply.shown(saying.code());
      return saying.meaning() == Saying.Meaning.FORBIDDEN
          ? code + ": " + saying.trouble().told()
          : code;
    }

    private @Nullable JsonNode body(String what, Heard heard) {
      if (heard instanceof Heard.Answered answered) {
        Reply reply = answered.reply();
        JsonNode body = reply.json();
        if (reply.status() == 204 || (reply.status() == 200 && body != null)) {
          return body;
        }
        Saying saying = Saying.about(body, "");
        boolean ours = saying != null && saying.meaning() == Saying.Meaning.FORBIDDEN;
        troubles.add(what + " could not be read: " + heard.why() + told(saying));
        letIn &= !ours && reply.status() != 401;
      } else {
        troubles.add(what + " could not be read: " + heard.why());
        letIn = false;
      }
      return null;
    }

    Introduction introduction(@Nullable JsonNode users, @Nullable JsonNode org) {
      wire.close();
      return new Introduction(
          at(users, "/users/0/full_name"),
          at(users, "/users/0/profile/name"),
          at(org, "/org/0/company_name"),
          List.copyOf(troubles),
          letIn);
    }

    private static @Nullable String at(@Nullable JsonNode body, String place) {
      return body == null ? null : TerritoryShape.text(body.at(place));
    }
  }
}
