package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.completion.CompletionQueue;
import io.penstock.producer.ClusterResource;
import io.penstock.producer.ClusterResourceListener;
import io.penstock.serialization.ByteArraySerializer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterNewsTest {

    private final List<String> heard = new ArrayList<>();
    private final List<Runnable> submitted = new ArrayList<>();

    private final CompletionQueue thread = new CompletionQueue() {
        @Override
        public void submit(Runnable work) {
            submitted.add(work);
        }

        @Override
        public boolean isCallbackThread() {
            return false;
        }
    };

    private final class Curious extends ByteArraySerializer implements ClusterResourceListener {
        private final String name;

        Curious(String name) {
            this.name = name;
        }

        @Override
        public void onUpdate(ClusterResource resource) {
            heard.add(name + " " + resource.clusterId());
            if (name.equals("key")) {
                throw new IllegalStateException("on purpose");
            }
        }
    }

    @Test
    void listeners_hearOnTheCallbackThread_eachWhateverTheOthersThrow() {
        ClusterNews news = new ClusterNews(
                new Plugins<>(new Curious("key"), new Curious("value"), null, List.of(), List.of()), thread);
        news.onUpdate("c");
        assertThat(heard).isEmpty();
        submitted.forEach(Runnable::run);
        assertThat(heard).containsExactly("key c", "value c");
    }

    @Test
    void nobody_whoListens_costsNothing() {
        new ClusterNews(
                        new Plugins<>(new ByteArraySerializer(), new ByteArraySerializer(), null, List.of(), List.of()),
                        thread)
                .onUpdate("c");
        assertThat(submitted).isEmpty();
    }
}
