package io.penstock.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScratchPoolTest {

    private final ScratchPool pool = new ScratchPool();

    @Test
    void take_afterGiveBack_isTheSame() {
        Scratch first = pool.take();
        pool.giveBack(first);
        assertThat(pool.take()).isSameAs(first);
    }

    /** A serializer that itself sends a record must not write over the record it is serializing. */
    @Test
    void take_whileOneIsOut_isAnother() {
        Scratch outer = pool.take();
        Scratch inner = pool.take();
        assertThat(inner).isNotSameAs(outer);
        pool.giveBack(inner);
        pool.giveBack(outer);
    }

    @Test
    void giveBack_forgetsTheArraysOfUsers() {
        Scratch scratch = pool.take();
        byte[] value = new byte[10];
        scratch.keyValue().value(value);
        pool.giveBack(scratch);
        assertThat(scratch.keyValue().valueBytes()).isNotSameAs(value);
    }

    @Test
    void manyThreads_neverHaveTheSame() throws InterruptedException {
        Set<Scratch> out = ConcurrentHashMap.newKeySet();
        AtomicInteger shared = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Thread thread = new Thread(() -> {
                for (int round = 0; round < 2_000; round++) {
                    Scratch scratch = pool.take();
                    if (!out.add(scratch)) {
                        shared.incrementAndGet();
                    }
                    out.remove(scratch);
                    pool.giveBack(scratch);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(shared).hasValue(0);
    }
}
