package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import java.util.List;

/** A batch that a broker does not take, with what it answers. */
final class BatchRefusal extends Exception {

    private static final long serialVersionUID = 1;

    private final ErrorCode error;
    // Of the same bounds as the batch.
    private final transient List<RecordRefusal> records;

    /** What is wrong with one record, by its place in the batch. */
    record RecordRefusal(int index, String message) {}

    BatchRefusal(ErrorCode error, String message) {
        this(error, message, List.of());
    }

    /** @param records those that are to blame */
    BatchRefusal(ErrorCode error, String message, List<RecordRefusal> records) {
        super(message, null, false, false);
        this.error = error;
        this.records = records;
    }

    ErrorCode error() {
        return error;
    }

    List<RecordRefusal> records() {
        return records;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
