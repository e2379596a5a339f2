package io.penstock.testkit.sim;

import io.penstock.producer.Header;
import io.penstock.producer.Headers;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An interceptor that hears of every record, which it knows by a header, and tells the {@link History}. */
final class HistoryInterceptor implements ProducerInterceptor<byte[], byte[]> {

    private final History history;
    private final Extras extras;

    HistoryInterceptor(History history, Extras extras) {
        this.history = history;
        this.extras = extras;
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
        Header id = headers.lastHeader(Sending.ID_HEADER);
        byte[] value = id == null ? null : id.value();
        if (value != null) {
            SimRecord record = history.records().get(ByteBuffer.wrap(value).getInt());
            history.onAcknowledgement(record, metadata, exception);
            extras.tell(record);
        }
    }

    @Override
    public void close() {}
}
