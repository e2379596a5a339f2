package io.penstock.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ApiException;
import io.penstock.errors.NotOfProducers;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.UnexpectedRetriableException;
import io.penstock.errors.UnknownServerException;
import io.penstock.wire.ErrorCode;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BrokerErrorsTest {
    @ParameterizedTest
    @EnumSource(value = Errors.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void of_makesKafkasException(Errors apache) {
        ApiException ours = BrokerErrors.of(apache.code(), "because", "Produce to orders-3 at broker 2");
        if (NotOfProducers.CODES.contains(apache.name())) {
            assertThat(errorCodeOf(ours)).isEqualTo(apache.code());
            assertThat(ours).hasMessageContaining("number " + apache.code());
        } else {
            assertThat(ours.getClass().getSimpleName())
                    .isEqualTo(apache.exception().getClass().getSimpleName());
        }
        boolean retriable = apache.exception() instanceof RetriableException;
        assertThat(ours.isRetriable()).isEqualTo(retriable);
        assertThat(ours instanceof io.penstock.errors.RetriableException).isEqualTo(retriable);
        assertThat(ours.outcome()).isEqualTo(BrokerErrors.outcome(ErrorCode.forCode(apache.code())));
        assertThat(ours)
                .hasMessageStartingWith(
                        "Produce to orders-3 at broker 2: " + apache.name() + ", the broker says: because");
    }

    /** Fails for a class that is not one of the two which stand for all without a class. */
    private static int errorCodeOf(ApiException ours) {
        return ours instanceof UnexpectedRetriableException passing
                ? passing.errorCode()
                : ((UnknownServerException) ours).errorCode();
    }

    @Test
    void of_whenTheCodeIsNotForProducers_saysSo() {
        assertThat(BrokerErrors.of(ErrorCode.ELECTION_NOT_NEEDED, "no", "Produce to a-0"))
                .isExactlyInstanceOf(UnexpectedRetriableException.class)
                .hasMessage(
                        "Produce to a-0: ELECTION_NOT_NEEDED, the broker says: no. No producer should be told of this error,"
                                + " which has the number 84: see the broker's log, and what stands between it and this client");
    }

    @Test
    void of_whenTheCodeIsNew_tellsTheNumber() {
        ApiException ours = BrokerErrors.of((short) 31_000, "because", "Metadata at broker 1");

        assertThat(ours)
                .isExactlyInstanceOf(UnknownServerException.class)
                .hasMessageContaining("31000")
                .hasMessageContaining("the broker says: because");
        assertThat(errorCodeOf(ours)).isEqualTo(31_000);
        assertThat(ours.outcome()).isEqualTo(RecordOutcome.UNKNOWN);
    }

    @Test
    void of_whenThereIsNoError_refuses() {
        assertThatThrownBy(() -> BrokerErrors.of(ErrorCode.NONE, null, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void outcome_isUnknownWhereTheLeaderMayHaveAppended() {
        // prevents a batch appended by a leader that then stepped down from being called "not written"
        assertThat(BrokerErrors.of(ErrorCode.NOT_LEADER_OR_FOLLOWER, null, "x").outcome())
                .isEqualTo(RecordOutcome.UNKNOWN);
        assertThat(BrokerErrors.of(ErrorCode.REQUEST_TIMED_OUT, null, "x").outcome())
                .isEqualTo(RecordOutcome.UNKNOWN);
        assertThat(BrokerErrors.of(ErrorCode.NOT_ENOUGH_REPLICAS, null, "x").outcome())
                .isEqualTo(RecordOutcome.NOT_WRITTEN);
        assertThat(BrokerErrors.of(ErrorCode.DUPLICATE_SEQUENCE_NUMBER, null, "x")
                        .outcome())
                .isEqualTo(RecordOutcome.WRITTEN);
    }

    @Test
    void of_saysWhatToDo() {
        assertThat(BrokerErrors.of(ErrorCode.TOPIC_AUTHORIZATION_FAILED, null, "Produce to a-0"))
                .hasMessage(
                        "Produce to a-0: TOPIC_AUTHORIZATION_FAILED. Grant WRITE and DESCRIBE on the topic to this client");
    }
}
