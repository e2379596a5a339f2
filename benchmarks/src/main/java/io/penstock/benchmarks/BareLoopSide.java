package io.penstock.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * No producer, but the system calls and the thread change that any with a loop of its own has to make: the sender wakes the loop, which
 * writes one request, always the same, for all that has come meanwhile, waits for the answer, and reads it. What latencies are here, no
 * producer of this kind can be below on this machine.
 *
 * <p>It keeps no records, retries nothing, and looks only at how long answers are.
 */
final class BareLoopSide implements Side {

    private static final int MOST_IN_FLIGHT = 5;
    private static final short VERSION = 9;
    private static final int LENGTH_BYTES = 4;
    private static final int ANSWER_BYTES = 64 * 1024;
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ByteBuffer request;
    private final ByteBuffer answers = ByteBuffer.allocateDirect(ANSWER_BYTES);
    private final SocketChannel channel;
    private final Selector selector;

    /** When each record was meant to go; as long as the sending thread is ahead of the loop, which {@link #flush} bounds. */
    private final Queue<Long> handedOver = new ConcurrentLinkedQueue<>();

    /** Of each request, the times of its records; at most {@link #MOST_IN_FLIGHT}. Loop only. */
    private final ArrayDeque<List<Long>> inFlight = new ArrayDeque<>();

    private final AtomicBoolean asleep = new AtomicBoolean();
    private long sent;
    private volatile long acknowledged; // written by the loop, as the next
    private volatile long requests;
    private volatile Histogram latencies = new Histogram(3);

    BareLoopSide(Map<String, Object> settings, Shape shape) {
        request = requestOf(shape);
        String address = String.valueOf(settings.get("bootstrap.servers"));
        int colon = address.lastIndexOf(':');
        try {
            channel = SocketChannel.open(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread loop = new Thread(this::run, "bare-loop");
        loop.setDaemon(true);
        loop.start();
    }

    /** One record to the first partition, with its length before it. */
    private static ByteBuffer requestOf(Shape shape) {
        MemoryRecords records = MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(Values.bytesOf(shape)[0]));
        ProduceRequestData data = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(30_000);
        data.topicData()
                .add(new ProduceRequestData.TopicProduceData()
                        .setName(shape.topic())
                        .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                                .setIndex(0)
                                .setRecords(records))));
        ByteBuffer frame = new ProduceRequest(data, VERSION)
                .serializeWithHeader(new RequestHeader(ApiKeys.PRODUCE, VERSION, "bare-loop", 0));
        ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH_BYTES + frame.remaining());
        return bytes.putInt(frame.remaining()).put(frame).flip();
    }

    private void run() {
        try {
            while (true) {
                asleep.set(true);
                if (handedOver.isEmpty() || inFlight.size() == MOST_IN_FLIGHT) {
                    selector.select();
                }
                asleep.set(false);
                if (!handedOver.isEmpty() && inFlight.size() < MOST_IN_FLIGHT) {
                    write();
                }
                if (!selector.selectedKeys().isEmpty()) {
                    selector.selectedKeys().clear();
                    read();
                }
            }
        } catch (ClosedSelectorException e) {
            // closed by its user
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void write() throws IOException {
        List<Long> times = new ArrayList<>();
        for (Long time = handedOver.poll(); time != null; time = handedOver.poll()) {
            times.add(time);
        }
        inFlight.add(times);
        ByteBuffer bytes = request.duplicate();
        while (bytes.hasRemaining()) {
            channel.write(bytes); // so few that a socket takes them at once
        }
        requests++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void read() throws IOException {
        if (channel.read(answers) < 0) {
            throw new IOException("The broker closed the connection");
        }
        answers.flip();
        while (answers.remaining() >= LENGTH_BYTES
                && answers.remaining() >= LENGTH_BYTES + answers.getInt(answers.position())) {
            answers.position(answers.position() + LENGTH_BYTES + answers.getInt(answers.position()));
            List<Long> times = inFlight.remove();
            long now = System.nanoTime();
            times.forEach(time -> latencies.recordValue(Math.max(0, now - time)));
            acknowledged += times.size();
        }
        answers.compact();
    }

    @Override
    public void send(int partition, Object value) {
        sendTimed(value, System.nanoTime(), latencies);
    }

    @Override
    public void sendTimed(Object value, long intendedNanos, Histogram into) {
        latencies = into;
        sent++;
        handedOver.add(intendedNanos);
        if (asleep.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    @Override
    public void flush() {
        while (acknowledged < sent) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public TransactionCalls transactions() {
        throw new UnsupportedOperationException("A bare loop has no transactions");
    }

    @Override
    public long failedCount() {
        return 0;
    }

    /** Requests, whatever is asked for: nothing else is counted. */
    @Override
    public double total(String metric) {
        return requests;
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
