package io.penstock.testkit.fake;

import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.Request;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The topics that a request names, for faults that are meant for one topic; Produce is not asked about here. */
final class RequestTopics {

    private RequestTopics() {}

    static Set<String> of(@Nullable Request request) {
        if (request instanceof MetadataRequest metadata && metadata.topics() != null) {
            return metadata.topics().stream()
                    .map(MetadataRequest.MetadataRequestTopic::name)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }
        return Set.of();
    }
}
