package io.penstock.wire.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One header of a record that was read; the value is a read-only view into the batch. */
public record HeaderView(String key, @Nullable ByteBuffer value) {}
