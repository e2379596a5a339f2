package io.penstock.wire.message;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import java.util.UUID;

/**
 * A message of the protocol, in any of its versions.
 *
 * <p>A plain mutable value: owned by whoever made it, until handed on. Fields that were never set hold the schema's
 * default.
 */
public interface Message {

    /** The protocol's way to say that there is no id. */
    UUID ZERO_UUID = new UUID(0, 0);

    /**
     * Writes this message as {@code version} has it.
     *
     * @throws IllegalArgumentException if the version is not one of this message's, or a field that this version
     *     cannot carry, and that the receiver must not miss, is set
     */
    void write(WireWriter w, short version);

    /**
     * Fills this message, which must be a new one, from bytes. What {@code version} does not have keeps its default;
     * tagged fields that are not known are passed over. Bytes and records may share the reader's memory.
     *
     * @throws WireFormatException if the bytes are not such a message
     * @throws IllegalArgumentException if the version is not one of this message's
     */
    void read(WireReader r, short version);

    /** The oldest version of it that this library speaks. */
    short lowestVersion();

    /** The newest version of it that this library speaks. */
    short highestVersion();
}
