package io.penstock.testkit.fake;

import io.penstock.testkit.fake.MetadataImage.PartitionImage;
import io.penstock.testkit.fake.MetadataImage.TopicImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A topic, from its creation to its deletion: one created again under the same name is another. Guarded by the cluster's lock. */
final class FakeTopic {

    private final String name;
    private final UUID id;
    private final TopicOptions options;
    private final List<FakePartition> partitions = new ArrayList<>();
    private @Nullable TopicImage image;

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

    void add(FakePartition partition) {
        partitions.add(partition);
        onChange();
    }

    /** What Metadata says of it; the same object until something changes. */
    TopicImage image() {
        if (image == null) {
            List<PartitionImage> images = new ArrayList<>(partitions.size());
            partitions.forEach(partition -> images.add(partition.image()));
            image = new TopicImage(name, id, Collections.unmodifiableList(images));
        }
        return Objects.requireNonNull(image);
    }

    void onChange() {
        image = null;
    }

    /** Null when there is none of that index. */
    @Nullable
    FakePartition partition(int index) {
        return index >= 0 && index < partitions.size() ? partitions.get(index) : null;
    }
}
