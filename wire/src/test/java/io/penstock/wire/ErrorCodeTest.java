package io.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

    @ParameterizedTest
    @EnumSource(Errors.class)
    void everyErrorOfApache_isKnownWithTheSameMeaning(Errors apache) {
        ErrorCode ours = ErrorCode.forCode(apache.code());

        assertThat(ours.name()).isEqualTo(apache.name());
        assertThat(ours.code()).isEqualTo(apache.code());
        assertThat(ours.retriable()).isEqualTo(apache.exception() instanceof RetriableException);
        assertThat(ours.invalidatesMetadata()).isEqualTo(apache.exception() instanceof InvalidMetadataException);
    }

    @Test
    void values_areApachesAndNoMore() {
        assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Errors.values()).map(Enum::name).toList());
    }

    @Test
    void forCode_whenTheBrokerIsNewerThanTheTable_isUnknownServerError() {
        assertThat(ErrorCode.forCode((short) 9_999)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(ErrorCode.forCode(Short.MIN_VALUE)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
    }
}
