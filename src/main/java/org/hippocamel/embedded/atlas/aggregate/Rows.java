package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Iterators made from iterators; nothing is read before it is asked for. */
final class Rows {
  private Rows() {}

  /** Gives the next element, or null at the end. */
  interface Next<T> {
    T get();
  }

  private static final class Lookahead<T> implements Iterator<T> {
    private final Next<T> source;
    private T held;
    private boolean ended;

    Lookahead(Next<T> source) {
      this.source = source;
    }

    @Override
    public boolean hasNext() {
      if (held == null && !ended) {
        held = source.get();
        ended = held == null;
      }
      return held != null;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T next = held;
      held = null;
      return next;
    }
  }

  static <T> Iterator<T> from(Next<T> source) {
    return new Lookahead<>(source);
  }

  static <A, B> Iterator<B> map(Iterator<A> input, Function<A, B> change) {
    return from(() -> input.hasNext() ? change.apply(input.next()) : null);
  }

  static <T> Iterator<T> filter(Iterator<T> input, Predicate<T> test) {
    return from(
        () -> {
          while (input.hasNext()) {
            T element = input.next();
            if (test.test(element)) {
              return element;
            }
          }
          return null;
        });
  }

  static <A, B> Iterator<B> flatMap(Iterator<A> input, Function<A, Iterator<B>> change) {
    return from(
        new Next<>() {
          private Iterator<B> current;

          @Override
          public B get() {
            while (current == null || !current.hasNext()) {
              if (!input.hasNext()) {
                return null;
              }
              current = change.apply(input.next());
            }
            return current.next();
          }
        });
  }

  /** An iterator that is made when it is first asked. */
  static <T> Iterator<T> later(Supplier<Iterator<T>> maker) {
    return from(
        new Next<>() {
          private Iterator<T> made;

          @Override
          public T get() {
            made = made == null ? maker.get() : made;
            return made.hasNext() ? made.next() : null;
          }
        });
  }

  static <T> Iterator<T> skip(Iterator<T> input, long count) {
    return from(
        new Next<>() {
          private long left = count;

          @Override
          public T get() {
            for (; left > 0 && input.hasNext(); left--) {
              input.next();
            }
            return input.hasNext() ? input.next() : null;
          }
        });
  }

  static <T> Iterator<T> limit(Iterator<T> input, long count) {
    return from(
        new Next<>() {
          private long left = count;

          @Override
          public T get() {
            return left-- > 0 && input.hasNext() ? input.next() : null;
          }
        });
  }
}
