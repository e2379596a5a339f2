package io.penstock.wire.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A record for tests, with its headers seen by our writer and by Apache's. */
record SampleRecord(long timestamp, byte[] key, byte[] value, List<Header> headers) implements HeaderSource {

    static final String[] TEXTS = {"", "k", "trace-id", "größe", "キー", "\ud83d\ude80 up", "x".repeat(200)};

    static SampleRecord random(Random random, long baseTimestamp) {
        List<Header> headers = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? random.nextInt(5) : 0; i > 0; i--) {
            headers.add(new RecordHeader(TEXTS[random.nextInt(TEXTS.length)], bytes(random, 300)));
        }
        long timestamp = baseTimestamp + (random.nextInt(5) == 0 ? random.nextLong() % 1_000_000_000_000L : 0);
        return new SampleRecord(Math.max(0, timestamp), bytes(random, 40), bytes(random, 3000), headers);
    }

    static List<SampleRecord> randomBatch(Random random, int count) {
        long base = 1_700_000_000_000L + random.nextInt(1_000_000);
        List<SampleRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(random(random, base + i));
        }
        return records;
    }

    /** Null, empty, text that compresses or noise that does not. */
    private static byte[] bytes(Random random, int bound) {
        switch (random.nextInt(8)) {
            case 0:
                return null;
            case 1:
                return new byte[0];
            case 2:
                byte[] noise = new byte[random.nextInt(bound)];
                random.nextBytes(noise);
                return noise;
            default:
                String text = "{\"id\":" + random.nextInt(1000) + ",\"name\":\"pipe " + random.nextInt(20) + "\"}";
                return text.repeat(1 + random.nextInt(1 + bound / text.length()))
                        .getBytes(StandardCharsets.UTF_8);
        }
    }

    Header[] apacheHeaders() {
        return headers.toArray(Header[]::new);
    }

    int headersSize() {
        return RecordWriter.headersSizeOf(this);
    }

    int keySize() {
        return key == null ? -1 : key.length;
    }

    int valueSize() {
        return value == null ? -1 : value.length;
    }

    @Override
    public int headerCount() {
        return headers.size();
    }

    @Override
    public String headerKey(int index) {
        return headers.get(index).key();
    }

    @Override
    public byte[] headerValue(int index) {
        return headers.get(index).value();
    }
}
