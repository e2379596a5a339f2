package io.penstock.internal.exchange;

import io.penstock.internal.network.Connections;
import io.penstock.internal.network.NegotiatedVersions;
import io.penstock.internal.transaction.CoordinatorAnswer;
import io.penstock.internal.transaction.CoordinatorCommand.FindCoordinator;
import io.penstock.internal.transaction.CoordinatorCommand.Kind;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.FindCoordinatorRequest;
import io.penstock.wire.message.FindCoordinatorResponse;
import io.penstock.wire.message.FindCoordinatorResponse.Coordinator;
import io.penstock.wire.message.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks any broker who coordinates; from version 4 on in a list of keys, before one by one (KIP-699). */
final class FindCoordinatorCall extends CoordinatorCall {

    private static final short LIST_VERSION = 4;

    /** Before it, there are groups only. */
    private static final short KIND_VERSION = 1;

    private final FindCoordinator question;
    private final Connections connections;

    FindCoordinatorCall(FindCoordinator question, Way way) {
        super(question, way);
        this.question = question;
        this.connections = way.connections();
    }

    @Override
    ApiKey key() {
        return ApiKey.FIND_COORDINATOR;
    }

    @Override
    short version(NegotiatedVersions offered) {
        short highest = offered.highest(ApiKey.FIND_COORDINATOR);
        return highest < KIND_VERSION ? -1 : highest;
    }

    @Override
    Request request(short version) {
        FindCoordinatorRequest request =
                new FindCoordinatorRequest().keyType(question.kind().code());
        return version >= LIST_VERSION ? request.coordinatorKeys(List.of(question.key())) : request.key(question.key());
    }

    @Override
    short clientThrottlesVersion() {
        return 2;
    }

    @Override
    Reply read(WireReader body, short version) {
        FindCoordinatorResponse response = new FindCoordinatorResponse();
        response.read(body, version);
        CoordinatorAnswer answer;
        if (version < LIST_VERSION) {
            answer = answer(
                    response.errorCode(), response.errorMessage(), response.nodeId(), response.host(), response.port());
        } else {
            Coordinator found = null;
            for (Coordinator each : response.coordinators()) {
                if (each.key().equals(question.key())) {
                    found = each;
                }
            }
            if (found == null) {
                throw new WireFormatException("The answer says nothing of " + question.key() + ", which was asked for");
            }
            answer = answer(found.errorCode(), found.errorMessage(), found.nodeId(), found.host(), found.port());
        }
        return new Reply(answer, response.throttleTimeMs());
    }

    private CoordinatorAnswer answer(short errorCode, @Nullable String message, int nodeId, String host, int port) {
        ErrorCode error = ErrorCode.forCode(errorCode);
        if (error != ErrorCode.NONE) {
            return refused(error, message);
        }
        if (nodeId < 0) {
            throw new WireFormatException("The coordinator of " + question.key() + " is said to be node " + nodeId);
        }
        connections.endpoint(nodeId, host, port);
        return CoordinatorAnswer.found(nodeId);
    }

    @Override
    String context() {
        return question.kind() == Kind.GROUP
                ? "Coordinator of group " + question.key()
                : "Coordinator of transactional.id " + question.key();
    }
}
