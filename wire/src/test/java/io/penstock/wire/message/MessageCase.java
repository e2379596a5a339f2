package io.penstock.wire.message;

import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.Schema;

/** One message in one version: our class for it, Apache's, and Apache's own description of its fields. */
record MessageCase(
        String name,
        short version,
        Supplier<Message> ours,
        Supplier<org.apache.kafka.common.protocol.Message> apaches,
        Schema schema) {

    private static final long BASE_SEED = Long.getLong("penstock.seed", 20_261_122L);

    static Stream<MessageCase> all() {
        List<MessageCase> cases = new ArrayList<>();
        for (ApiKey key : ApiKey.values()) {
            ApiMessageType type = ApiMessageType.fromApiKey(key.id());
            versions(cases, key.label() + "Request", key::newRequest, type::newRequest, type.requestSchemas());
            versions(cases, key.label() + "Response", key::newResponse, type::newResponse, type.responseSchemas());
        }
        versions(cases, "RequestHeader", RequestHeader::new, RequestHeaderData::new, RequestHeaderData.SCHEMAS);
        versions(cases, "ResponseHeader", ResponseHeader::new, ResponseHeaderData::new, ResponseHeaderData.SCHEMAS);
        return cases.stream();
    }

    private static void versions(
            List<MessageCase> cases,
            String name,
            Supplier<Message> ours,
            Supplier<org.apache.kafka.common.protocol.Message> apaches,
            Schema[] schemas) {
        for (short v = apaches.get().lowestSupportedVersion();
                v <= apaches.get().highestSupportedVersion();
                v++) {
            cases.add(new MessageCase(name, v, ours, apaches, schemas[v]));
        }
    }

    /** The seed of the {@code round}th instance; the property {@code penstock.seed} moves all of them. */
    long seed(int round) {
        return BASE_SEED * 31 + hashOf(name) * 1_000L + version * 100_000L + round;
    }

    private static int hashOf(String text) {
        return text.hashCode();
    }

    /** What a failure says, with the command that repeats it. */
    String describe(long seed) {
        return this + ", seed " + seed + "; repeat with: mvn -pl wire -am test -Dtest='Message*Test'"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dpenstock.seed=" + BASE_SEED;
    }

    static ByteBuffer write(Message ours, short version) {
        WireWriter writer = new WireWriter(1);
        ours.write(writer, version);
        return writer.toContiguous();
    }

    static ByteBuffer write(org.apache.kafka.common.protocol.Message apaches, short version) {
        return MessageUtil.toByteBufferAccessor(apaches, version).buffer().duplicate();
    }

    /** Reads the whole of {@code frame} with our class. */
    Message readOurs(ByteBuffer frame) {
        Message message = ours.get();
        WireReader reader = new WireReader(frame);
        message.read(reader, version);
        if (reader.remaining() != 0) {
            throw new AssertionError(this + " left " + reader.remaining() + " bytes unread");
        }
        return message;
    }

    org.apache.kafka.common.protocol.Message readApaches(ByteBuffer frame) {
        org.apache.kafka.common.protocol.Message message = apaches.get();
        message.read(new ByteBufferAccessor(frame.duplicate()), version);
        return message;
    }

    @Override
    public String toString() {
        return name + " v" + version;
    }
}
