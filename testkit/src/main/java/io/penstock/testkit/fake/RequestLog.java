package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the brokers were asked: all of it counted, the last 10,000 kept. Guarded by the cluster's lock. */
final class RequestLog {

    private static final int MAX_KEPT = 10_000;

    private final Deque<SeenRequest> kept = new ArrayDeque<>();
    private final Map<ApiKey, Integer> counts = new EnumMap<>(ApiKey.class);

    void add(SeenRequest request) {
        counts.merge(request.apiKey(), 1, Integer::sum);
        if (kept.size() == MAX_KEPT) {
            kept.removeFirst();
        }
        kept.addLast(request);
    }

    int count(ApiKey key) {
        return counts.getOrDefault(key, 0);
    }

    List<SeenRequest> all() {
        return List.copyOf(kept);
    }

    void clear() {
        kept.clear();
        counts.clear();
    }
}
