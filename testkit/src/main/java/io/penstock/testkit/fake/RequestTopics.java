package io.penstock.testkit.fake;

import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.Request;
import org.jspecify.annotations.Nullable;

/** The topics that a request names, for faults that are meant for one topic; Produce is not asked about here. */
final class RequestTopics {

    private RequestTopics() {}

    static boolean names(@Nullable Request request, String topic) {
        if (request instanceof MetadataRequest metadata && metadata.topics() != null) {
            for (MetadataRequest.MetadataRequestTopic asked : metadata.topics()) {
                if (topic.equals(asked.name())) {
                    return true;
                }
            }
        }
        return false;
    }
}
