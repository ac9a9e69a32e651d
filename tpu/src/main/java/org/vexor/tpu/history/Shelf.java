package org.vexor.tpu.history;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.vexor.solana.Signature;

/// A part of the stories, with a lock of its own. Any thread.
final class Shelf {
  private final int most;
  private final SequencedMap<Signature, StoryDraft> stories = new LinkedHashMap<>();
  private long forgotten;
  private long forgottenOpen;

  Shelf(int most) {
    this.most = most;
  }

  /// Adds a story, forgetting the oldest one for it when there is no room.
  ///
  /// @return false when the signature has a story already
  synchronized boolean begin(Signature signature, StoryDraft story) {
    if (stories.containsKey(signature)) {
      return false;
    }
    if (stories.size() >= most) {
      forgotten++;
      if (!stories.pollFirstEntry().getValue().isOver()) {
        forgottenOpen++;
      }
    }
    stories.put(signature, story);
    return true;
  }

  /// Does something with a story.
  ///
  /// @return what the action gives; empty when there is no such story
  synchronized <T> Optional<T> with(Signature signature, Function<StoryDraft, T> action) {
    StoryDraft story = stories.get(signature);
    return story == null ? Optional.empty() : Optional.of(action.apply(story));
  }

  synchronized long kept() {
    return stories.size();
  }

  synchronized long open() {
    return stories.values().stream().filter(story -> !story.isOver()).count();
  }

  synchronized long forgotten() {
    return forgotten;
  }

  synchronized long forgottenOpen() {
    return forgottenOpen;
  }
}
