package org.hippocamel;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Who may be worked on at once, and who waits for it: as many as there are places go in, the next
 * ones stand in line in the order they came, and when the line is full nobody more is let in.
 * Thread-safe.
 */
final class Places {
  private enum State {
    OUTSIDE,
    IN_LINE,
    INSIDE,
    GONE
  }

  private final int places;
  private final int inLine;
  private final Queue<Guest> line = new ArrayDeque<>();
  private int inside;

  /**
   * @param places how many are worked on at once
   * @param inLine how many more may wait
   */
  Places(int places, int inLine) {
    this.places = places;
    this.inLine = inLine;
  }

  /** Whether nobody more would be let in now. */
  synchronized boolean full() {
    return inside == places && line.size() >= inLine;
  }

  /** How many are inside. */
  synchronized int inside() {
    return inside;
  }

  /** How many wait. */
  synchronized int inLine() {
    return line.size();
  }

  /** One who has not entered yet. */
  Guest guest(Runnable work) {
    return new Guest(work);
  }

  /** Takes one place at most, and gives it back once, however often it is asked to. */
  final class Guest {
    private final Runnable work;
    private State state = State.OUTSIDE;

    private Guest(Runnable work) {
      this.work = work;
    }

    /**
     * Begins the work at once when a place is free, else stands in line: then whoever leaves a
     * place begins it, in his thread.
     *
     * @return false when all is full
     */
    boolean enter() {
      synchronized (Places.this) {
        if (full()) {
          return false;
        }
        if (inside == places) {
          state = State.IN_LINE;
          line.add(this);
          return true;
        }
        inside++;
        state = State.INSIDE;
      }
      work.run();
      return true;
    }

    /** Gives up waiting. Work that has begun keeps its place. */
    void giveUp() {
      synchronized (Places.this) {
        if (state == State.IN_LINE) {
          line.remove(this);
          state = State.GONE;
        }
      }
    }

    /** The work has ended: the next in line has the place. */
    void leave() {
      Guest next;
      synchronized (Places.this) {
        giveUp();
        if (state != State.INSIDE) {
          return;
        }
        state = State.GONE;
        next = line.poll();
        if (next == null) {
          inside--;
          return;
        }
        next.state = State.INSIDE;
      }
      next.work.run();
    }
  }
}
