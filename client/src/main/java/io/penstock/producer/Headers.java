package io.penstock.producer;

import org.jspecify.annotations.Nullable;

/**
 * The headers of one record, in the order they were added; names may repeat.
 *
 * <p>Not thread-safe while it is being changed. Once its record has been handed to {@code send} and passed the interceptors it is
 * read-only, and every change throws {@link IllegalStateException}.
 */
public interface Headers extends Iterable<Header> {
    /** Adds at the end and returns this. */
    Headers add(Header header) throws IllegalStateException;

    /** Adds at the end and returns this. The array is kept, not copied. */
    Headers add(String key, byte @Nullable [] value) throws IllegalStateException;

    /** Removes every header of that name and returns this. */
    Headers remove(String key) throws IllegalStateException;

    /** The last header of that name, or null. */
    @Nullable
    Header lastHeader(String key);

    /** All headers of that name, in order; a view, which must not be used across changes. */
    Iterable<Header> headers(String key);

    /** A copy, in order; empty when there are none. */
    Header[] toArray();
}
