package io.penstock.testkit;

import io.penstock.testkit.tls.TlsByteChannel;
import io.penstock.testkit.tls.TlsServerContext;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ApiVersionsResponse;
import io.penstock.wire.message.InitProducerIdResponse;
import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.RequestHeader;
import io.penstock.wire.message.Response;
import io.penstock.wire.message.ResponseHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A broker for benchmarks: acknowledges every record at once and stores nothing, not even a checksum.
 *
 * <p>One thread, loopback only. Every topic asked for exists; its number of partitions is what follows the last {@code -} of its
 * name, else 1. As a program ({@code main}) it prints its address and runs until its standard input ends.
 *
 * <p>With TLS it shows a certificate for {@code localhost} and {@code 127.0.0.1} that it has made for itself, and decrypts with the JDK's
 * engine on its one thread, which costs about what encrypting costs the client.
 */
public final class DiscardingBroker implements AutoCloseable {

    private static final int NODE_ID = 0;
    private static final int BUFFER_BYTES = 4 * 1024 * 1024;
    private static final int LEAST_ROOM_BYTES = TlsByteChannel.ROOM_BYTES;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final Thread thread;
    private final Door door;
    private final Map<String, UUID> ids = new ConcurrentHashMap<>();
    private final Map<UUID, String> names = new ConcurrentHashMap<>();
    private long nextProducerId = 1;
    private volatile long discardedBytes;

    /** How it talks to a client that has connected. */
    private interface Door {
        ByteChannel open(SocketChannel client);
    }

    private DiscardingBroker(Door door) throws IOException {
        this.door = door;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::run, "discarding-broker");
        thread.setDaemon(true);
    }

    public static DiscardingBroker start() throws IOException {
        return start(client -> client);
    }

    /** With TLS; clients have to trust the {@code authority}, for instance by {@link TestAuthority#pem()}. */
    public static DiscardingBroker start(TestAuthority authority) throws IOException {
        TestIdentity own = authority.identity("discarding broker", "localhost", "127.0.0.1");
        SSLContext context = TlsServerContext.of(own.key(), own.chain(), List.of());
        return start(client -> new TlsByteChannel(client, context));
    }

    private static DiscardingBroker start(Door door) throws IOException {
        DiscardingBroker broker = new DiscardingBroker(door);
        broker.thread.start();
        return broker;
    }

    /**
     * Prints {@code HOST:PORT} and serves until standard input ends. With {@code --tls FILE} it speaks TLS, and has first written to that
     * file, as PEM, what clients have to trust ({@code ssl.truststore.type=PEM}).
     */
    public static void main(String[] args) throws IOException {
        try (DiscardingBroker broker = start(args)) {
            System.out.println(broker.bootstrapServers());
            while (System.in.read() >= 0) {
                // until whoever started us is gone
            }
        }
    }

    private static DiscardingBroker start(String... args) throws IOException {
        if (args.length == 0) {
            return start();
        }
        if (args.length != 2 || !args[0].equals("--tls")) {
            throw new IllegalArgumentException("nothing, or --tls FILE; not " + List.of(args));
        }
        TestAuthority authority = TestAuthority.create("discarding broker's authority");
        Files.writeString(Path.of(args[1]), authority.pem());
        return start(authority);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    /** All bytes of all requests so far, decrypted. */
    public long discardedBytes() {
        return discardedBytes;
    }

    private int port() {
        return server.socket().getLocalPort();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select();
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    serve(key);
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            // closed
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel client = server.accept();
                if (client != null) {
                    client.configureBlocking(false);
                    client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    client.register(selector, SelectionKey.OP_READ, new Conversation(door.open(client)));
                }
            } else if (key.attachment() instanceof Conversation conversation && !conversation.read()) {
                key.cancel();
                conversation.channel.close();
            }
        } catch (IOException | RuntimeException e) {
            key.cancel();
            try {
                key.channel().close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        server.close();
    }

    /** One client's bytes. */
    private final class Conversation {

        private final ByteChannel channel;
        private ByteBuffer in;

        Conversation(ByteChannel channel) {
            this.channel = channel;
            this.in = room(BUFFER_BYTES);
        }

        /** Where bytes come from a socket outside of the heap; where they come from a cipher on it. */
        private ByteBuffer room(int bytes) {
            return channel instanceof SocketChannel ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
        }

        /** False at the end of the stream. */
        boolean read() throws IOException {
            int count = channel.read(in);
            if (count < 0) {
                return false;
            }
            discardedBytes += count;
            in.flip();
            while (in.remaining() >= Integer.BYTES && in.remaining() - Integer.BYTES >= in.getInt(in.position())) {
                int size = in.getInt();
                ByteBuffer frame = in.slice(in.position(), size);
                in.position(in.position() + size);
                answer(frame);
            }
            if (in.position() > 0) {
                in.compact();
            } else {
                in.position(in.limit()).limit(in.capacity());
            }
            if (in.remaining() < LEAST_ROOM_BYTES) {
                ByteBuffer larger = room(in.capacity() * 2);
                in.flip();
                in = larger.put(in);
            }
            return true;
        }

        private void answer(ByteBuffer frame) throws IOException {
            ApiKey api = ApiKey.forId(frame.getShort(0));
            short version = frame.getShort(2);
            if (api == null) {
                throw new IOException("Unknown API " + frame.getShort(0));
            }
            WireReader reader = new WireReader(frame);
            RequestHeader header = new RequestHeader();
            header.read(reader, api.requestHeaderVersion(version));
            Response response = respond(api, version, reader);
            if (response == null) {
                return;
            }
            WireWriter out = new WireWriter();
            int size = out.reserveInt();
            new ResponseHeader().correlationId(header.correlationId()).write(out, api.responseHeaderVersion(version));
            response.write(out, version);
            out.patchInt(size, out.sizeBytes() - Integer.BYTES);
            for (ByteBuffer buffer : out.toBuffers()) {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }

        private @Nullable Response respond(ApiKey api, short version, WireReader reader) throws IOException {
            return switch (api) {
                case API_VERSIONS -> versions();
                case METADATA -> {
                    MetadataRequest request = new MetadataRequest();
                    request.read(reader, version);
                    yield metadata(request);
                }
                case INIT_PRODUCER_ID ->
                    new InitProducerIdResponse().producerId(nextProducerId++).producerEpoch((short) 0);
                case PRODUCE -> {
                    ProduceRequest request = new ProduceRequest();
                    request.read(reader, version);
                    yield request.acks() == 0 ? null : acknowledge(request, version);
                }
                default -> throw new IOException("Not served: " + api);
            };
        }
    }

    private static ApiVersionsResponse versions() {
        List<ApiVersionsResponse.ApiVersion> served = new ArrayList<>();
        for (ApiKey key : List.of(ApiKey.PRODUCE, ApiKey.METADATA, ApiKey.API_VERSIONS, ApiKey.INIT_PRODUCER_ID)) {
            served.add(new ApiVersionsResponse.ApiVersion()
                    .apiKey(key.id())
                    .minVersion(key.lowestVersion())
                    .maxVersion(key.highestStableVersion()));
        }
        return new ApiVersionsResponse().apiKeys(served);
    }

    private MetadataResponse metadata(MetadataRequest request) {
        List<MetadataResponse.MetadataResponseTopic> topics = new ArrayList<>();
        List<MetadataRequest.MetadataRequestTopic> asked = request.topics();
        for (MetadataRequest.MetadataRequestTopic topic :
                asked == null ? List.<MetadataRequest.MetadataRequestTopic>of() : asked) {
            String name = topic.name() == null ? names.get(topic.topicId()) : topic.name();
            if (name != null) {
                topics.add(topic(name));
            }
        }
        return new MetadataResponse()
                .brokers(List.of(new MetadataResponse.MetadataResponseBroker()
                        .nodeId(NODE_ID)
                        .host("127.0.0.1")
                        .port(port())))
                .clusterId("discarding")
                .controllerId(NODE_ID)
                .topics(topics);
    }

    private MetadataResponse.MetadataResponseTopic topic(String name) {
        UUID id = ids.computeIfAbsent(name, key -> UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)));
        names.put(id, name);
        int count = partitionCount(name);
        List<MetadataResponse.MetadataResponsePartition> partitions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            partitions.add(new MetadataResponse.MetadataResponsePartition()
                    .partitionIndex(i)
                    .leaderId(NODE_ID)
                    .leaderEpoch(0)
                    .replicaNodes(new int[] {NODE_ID})
                    .isrNodes(new int[] {NODE_ID}));
        }
        return new MetadataResponse.MetadataResponseTopic()
                .name(name)
                .topicId(id)
                .partitions(partitions);
    }

    private static int partitionCount(String topic) {
        String tail = topic.substring(topic.lastIndexOf('-') + 1);
        return tail.matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(tail)) : 1;
    }

    private static ProduceResponse acknowledge(ProduceRequest request, short version) {
        List<ProduceResponse.TopicProduceResponse> topics =
                new ArrayList<>(request.topicData().size());
        for (ProduceRequest.TopicProduceData topic : request.topicData()) {
            List<ProduceResponse.PartitionProduceResponse> partitions =
                    new ArrayList<>(topic.partitionData().size());
            for (ProduceRequest.PartitionProduceData partition : topic.partitionData()) {
                partitions.add(new ProduceResponse.PartitionProduceResponse()
                        .index(partition.index())
                        .baseOffset(0));
            }
            ProduceResponse.TopicProduceResponse answer =
                    new ProduceResponse.TopicProduceResponse().partitionResponses(partitions);
            topics.add(version >= 13 ? answer.topicId(topic.topicId()) : answer.name(topic.name()));
        }
        return new ProduceResponse().responses(topics);
    }
}
