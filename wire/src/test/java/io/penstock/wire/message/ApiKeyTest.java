package io.penstock.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.message.ApiMessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiKeyTest {

    @ParameterizedTest
    @EnumSource(ApiKey.class)
    void versions_areApaches(ApiKey key) {
        ApiMessageType apaches = ApiMessageType.fromApiKey(key.id());

        assertThat(key.label()).isEqualTo(apaches.name);
        assertThat(key.name()).isEqualTo(apaches.name());
        assertThat(key.lowestVersion()).isEqualTo(apaches.lowestSupportedVersion());
        assertThat(key.highestVersion()).isEqualTo(apaches.highestSupportedVersion(true));
        assertThat(key.highestStableVersion()).isEqualTo(apaches.highestSupportedVersion(false));
    }

    @ParameterizedTest
    @EnumSource(ApiKey.class)
    void headerVersions_areApaches(ApiKey key) {
        ApiMessageType apaches = ApiMessageType.fromApiKey(key.id());
        for (short version = key.lowestVersion(); version <= key.highestVersion(); version++) {
            assertThat(key.requestHeaderVersion(version)).isEqualTo(apaches.requestHeaderVersion(version));
            assertThat(key.responseHeaderVersion(version)).isEqualTo(apaches.responseHeaderVersion(version));
        }
    }

    @ParameterizedTest
    @EnumSource(ApiKey.class)
    void newRequestAndNewResponse_areOfThisKeyAndItsVersions(ApiKey key) {
        assertThat(key.newRequest().apiKey()).isEqualTo(key);
        assertThat(key.newResponse().apiKey()).isEqualTo(key);
        assertThat(key.newRequest().lowestVersion()).isEqualTo(key.lowestVersion());
        assertThat(key.newRequest().highestVersion()).isEqualTo(key.highestVersion());
        assertThat(key.newResponse().lowestVersion()).isEqualTo(key.lowestVersion());
        assertThat(key.newResponse().highestVersion()).isEqualTo(key.highestVersion());
    }

    @ParameterizedTest
    @EnumSource(ApiKey.class)
    void forId_findsIt(ApiKey key) {
        assertThat(ApiKey.forId(key.id())).isEqualTo(key);
    }

    @Test
    void forId_whenUnknown_isNull() {
        assertThat(ApiKey.forId((short) -1)).isNull();
        assertThat(ApiKey.forId((short) 9_999)).isNull();
    }

    @Test
    void apiVersionsResponse_hasTheOldestHeaderInEveryVersion() {
        assertThat(ApiKey.API_VERSIONS.responseHeaderVersion((short) 5)).isZero();
        assertThat(ApiKey.API_VERSIONS.requestHeaderVersion((short) 5)).isEqualTo((short) 2);
    }
}
