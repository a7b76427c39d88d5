package io.bailiwick.crm.oauth;

import io.bailiwick.flow.TokenBook.Grant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Gives what access tokens are asked for with: asked again before each renewal, so that a new one
 * is taken up without a restart. Never blocks; any thread may ask.
 */
public interface Grants {

  /** Empty where there is none; the stage fails where it cannot be read. */
  CompletionStage<Optional<Grant>> grant();

  /** What to do where it is dead, for people. */
  default String remedy() {
    return "run bailiwick connect";
  }
}
