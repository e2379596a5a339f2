package io.penstock.internal.exchange;

import io.penstock.internal.network.Connection;
import io.penstock.internal.network.Connections;
import io.penstock.internal.network.NegotiatedVersions;
import io.penstock.internal.network.OutboundRequest;
import io.penstock.internal.network.RequestFrame;
import io.penstock.internal.network.ResponseHandler;
import io.penstock.internal.transaction.CoordinatorAnswer;
import io.penstock.internal.transaction.CoordinatorCommand;
import io.penstock.internal.transaction.TransactionMachine;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request to a coordinator, on its way and back; a subclass for each kind knows its bytes.
 *
 * <p>Loop only. The machine hears of it once.
 */
abstract class CoordinatorCall implements ResponseHandler {

    private final CoordinatorCommand command;
    private final TransactionMachine machine;
    private final Connection connection;
    private short version;

    /** @param way where it goes and who hears of it */
    CoordinatorCall(CoordinatorCommand command, Way way) {
        this.command = command;
        this.machine = way.machine();
        this.connection = way.connection();
    }

    /** What all calls of one request need. */
    record Way(TransactionMachine machine, Connection connection, Connections connections) {}

    static CoordinatorCall of(CoordinatorCommand command, Way way) {
        if (command instanceof CoordinatorCommand.FindCoordinator find) {
            return new FindCoordinatorCall(find, way);
        }
        if (command instanceof CoordinatorCommand.InitProducerId init) {
            return new InitProducerIdCall(init, way);
        }
        if (command instanceof CoordinatorCommand.AddPartitions adds) {
            return new AddPartitionsCall(adds, way);
        }
        if (command instanceof CoordinatorCommand.AddOffsets adds) {
            return new AddOffsetsCall(adds, way);
        }
        if (command instanceof CoordinatorCommand.CommitOffsets commit) {
            return new CommitOffsetsCall(commit, way);
        }
        return new EndTransactionCall((CoordinatorCommand.EndTransaction) command, way);
    }

    abstract ApiKey key();

    /** The version to speak; -1 when there is none. */
    abstract short version(NegotiatedVersions offered);

    abstract Request request(short version);

    /** From this version on the broker answers before it throttles, and trusts the client to keep away (KIP-219). */
    short clientThrottlesVersion() {
        return 1;
    }

    /** Reads the whole answer. */
    abstract Reply read(WireReader body, short version);

    /** What is being done, for messages. */
    abstract String context();

    final String where() {
        return context() + " at " + connection.describe();
    }

    /** What cannot be done with a broker that speaks no version for it, and what helps. */
    String needs() {
        return "transactions need brokers of Kafka 2.1 or later";
    }

    /** An answer and the pause it asks for. */
    record Reply(CoordinatorAnswer answer, int throttleMillis) {}

    final void send(ExchangeSettings settings, int correlationId, long nowNanos) {
        version = version(connection.versions());
        machine.onSent(command);
        if (version < 0) {
            machine.onAnswer(
                    command,
                    refused(
                            ErrorCode.UNSUPPORTED_VERSION,
                            "broker " + connection.nodeId() + " at " + connection.endpoint() + " cannot do it; "
                                    + needs()),
                    nowNanos);
            return;
        }
        connection.send(
                new OutboundRequest(
                        key(),
                        version,
                        correlationId,
                        RequestFrame.encode(request(version), version, settings.clientId(), correlationId),
                        settings.requestTimeoutNanos(),
                        true,
                        this),
                nowNanos);
    }

    final CoordinatorAnswer of(short errorCode) {
        ErrorCode error = ErrorCode.forCode(errorCode);
        return error == ErrorCode.NONE ? CoordinatorAnswer.done() : refused(error, null);
    }

    /** Of an answer for each of so many partitions: of several errors the one that says most is told. */
    final CoordinatorAnswer of(WorstError worst, int askedCount) {
        worst.requireAnswers(askedCount);
        return worst.error() == ErrorCode.NONE
                ? CoordinatorAnswer.done()
                : CoordinatorAnswer.refused(worst.error(), worst.cause(where()));
    }

    final CoordinatorAnswer refused(ErrorCode error, @Nullable String brokerMessage) {
        return CoordinatorAnswer.refused(error, BrokerErrors.of(error, brokerMessage, where()));
    }

    @Override
    public final void onResponse(WireReader body, long nowNanos) {
        Reply reply = read(body, version);
        if (reply.throttleMillis() > 0 && version >= clientThrottlesVersion()) {
            connection.throttleUntil(nowNanos + TimeUnit.MILLISECONDS.toNanos(reply.throttleMillis()));
        }
        machine.onAnswer(command, reply.answer(), nowNanos);
    }

    @Override
    public final void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
        machine.onLost(command, nowNanos);
    }
}
