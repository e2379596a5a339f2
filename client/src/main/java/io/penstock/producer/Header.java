package io.penstock.producer;

import org.jspecify.annotations.Nullable;

/** One name and value beside a record's key and value (KIP-82). */
public interface Header {
    /** The name; never null, may be empty, need not be unique within a record. */
    String key();

    /** The value's bytes, not a copy; null and empty are different things. */
    byte @Nullable [] value();
}
