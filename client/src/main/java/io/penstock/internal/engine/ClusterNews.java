package io.penstock.internal.engine;

import io.penstock.internal.completion.CompletionQueue;
import io.penstock.producer.ClusterResource;
import io.penstock.producer.ClusterResourceListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the user's classes that want to know it which cluster this is. The loop calls it; they hear of it on the callback thread. */
final class ClusterNews {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterNews.class);

    private final List<ClusterResourceListener> listeners = new ArrayList<>();
    private final CompletionQueue thread;

    ClusterNews(Plugins<?, ?> plugins, CompletionQueue thread) {
        this.thread = thread;
        List<Object> all = new ArrayList<>(plugins.interceptors());
        all.add(plugins.keySerializer());
        all.add(plugins.valueSerializer());
        all.addAll(plugins.reporters());
        for (Object each : all) {
            if (each instanceof ClusterResourceListener listener) {
                listeners.add(listener);
            }
        }
    }

    /** The cluster has answered. */
    void onUpdate(@Nullable String clusterId) {
        if (!listeners.isEmpty()) {
            ClusterResource resource = new ClusterResource(clusterId);
            thread.submit(() -> listeners.forEach(listener -> tell(listener, resource)));
        }
    }

    private static void tell(ClusterResourceListener listener, ClusterResource resource) {
        try {
            listener.onUpdate(resource);
        } catch (RuntimeException e) {
            LOG.warn("{} failed to take in {}", listener.getClass().getName(), resource, e);
        }
    }
}
