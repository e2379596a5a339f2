package io.penstock.kafka.internal;

import io.penstock.producer.RecordHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record's headers as the engine reads them: the user's own object, so that serializers and interceptors see and change what the
 * user gave, and nothing is copied but one array of references, once, when the record leaves.
 *
 * <p>Owned by the sending thread until {@link #setReadOnly}, which the engine calls when both serializers have run.
 */
final class BridgedHeaders extends RecordHeaders {

    private static final Header[] NONE = new Header[0];

    private final Headers headers;
    private Header[] sent = NONE;

    BridgedHeaders(Headers headers) {
        this.headers = headers;
    }

    /** The user's own. */
    Headers headers() {
        return headers;
    }

    @Override
    public void setReadOnly() {
        if (headers instanceof org.apache.kafka.common.header.internals.RecordHeaders own) {
            own.setReadOnly();
        }
        sent = headers.toArray();
    }

    @Override
    public int headerCount() {
        return sent.length;
    }

    @Override
    public String headerKey(int i) {
        return sent[i].key();
    }

    @Override
    public byte @Nullable [] headerValue(int i) {
        return sent[i].value();
    }
}
