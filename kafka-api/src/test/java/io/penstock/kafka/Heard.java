package io.penstock.kafka;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What a callback heard. */
final class Heard implements Callback {
    final AtomicReference<RecordMetadata> metadata = new AtomicReference<>();
    final AtomicReference<Exception> exception = new AtomicReference<>();
    int calls;

    @Override
    public void onCompletion(RecordMetadata m, Exception e) {
        calls++;
        metadata.set(m);
        exception.set(e);
    }
}
