package io.penstock.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A topic, from its creation to its deletion: one created again under the same name is another. Guarded by the cluster's lock. */
final class FakeTopic {

    private final String name;
    private final UUID id;
    private final TopicOptions options;
    private final List<FakePartition> partitions = new ArrayList<>();

    FakeTopic(String name, UUID id, TopicOptions options) {
        this.name = name;
        this.id = id;
        this.options = options;
    }

    String name() {
        return name;
    }

    UUID id() {
        return id;
    }

    TopicOptions options() {
        return options;
    }

    List<FakePartition> partitions() {
        return partitions;
    }

    /** Null when there is none of that index. */
    @Nullable
    FakePartition partition(int index) {
        return index >= 0 && index < partitions.size() ? partitions.get(index) : null;
    }
}
