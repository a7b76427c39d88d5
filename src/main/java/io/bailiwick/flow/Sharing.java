package io.bailiwick.flow;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What the instances on one journal tell each other, and what one of them does for all. Where one
 * service owns its journal there are no others: nothing is told, and all of it is its own.
 */
public interface Sharing {

  /** What may have been changed by another instance. */
  enum Topic {
    /** Leads are due that another instance accepted, or had. */
    LEADS,
    /** A version of the rules was published. */
    RULES,
    /** The territories were read. */
    TERRITORIES,
    /** Sending was paused, or goes on. */
    PAUSE,
    /** A key was made, or ended. */
    KEYS,
    /** A job was begun, or its instance died. */
    JOBS
  }

  /** There are no others. */
  Sharing ALONE =
      new Sharing() {
        @Override
        public boolean shared() {
          return false;
        }

        @Override
        public void listen(Consumer<Topic> taker) {}

        @Override
        public CompletionStage<Boolean> take(String work, Duration lease) {
          return CompletableFuture.completedStage(true);
        }

        @Override
        public void serving(String rulebook) {}

        @Override
        public void beside(String snapshot) {}

        @Override
        public void calls(int most, IntFunction<CompletionStage<Integer>> allow) {}
      };

  /** Whether other instances may be on this journal. */
  boolean shared();

  /**
   * Tells each topic as soon as another instance changed it, and all of them every few seconds, so
   * that a hint which got lost costs no more than that. On a thread of its own.
   */
  void listen(Consumer<Topic> taker);

  /**
   * Whether the caller's instance is the one that does this work for all, for so long by the
   * journal's own clock; whoever asks again in time stays it.
   */
  CompletionStage<Boolean> take(String work, Duration lease);

  /**
   * This instance judges by that rulebook from now on. While another one was published last, it is
   * given nothing to judge, and no decision by it is written: its leads are free for those that
   * have followed.
   */
  void serving(String rulebook);

  /**
   * This instance judges beside that snapshot from now on, "" for none. While another is the
   * latest, it is given nothing to judge, and by no decision beside this one does a lead wait:
   * those that wait for what changed were woken already.
   */
  void beside(String snapshot);

  /**
   * Parts the calls that the CRM allows to all instances together. {@code allow} is told how many
   * this one may have under way, whenever that changes, beginning with none, and answers how many
   * are under way then. Where nobody shares it is never told, and all are its own.
   */
  void calls(int most, IntFunction<CompletionStage<Integer>> allow);
}
