package io.penstock.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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

    /** A place whose thread is gone must not stay taken for good: a program that makes ever new threads would only share. */
    @Test
    void take_onceThePlacesOwnerHasEnded_ownsThePlace() throws Exception {
        Thread first = new Thread(() -> pool.giveBack(pool.take()));
        long number = first.getId();
        first.start();
        first.join();
        first = null;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        boolean isOwned = false;
        while (!isOwned && System.nanoTime() - deadline < 0) {
            System.gc();
            isOwned = callAtPlaceOf(number, () -> {
                Scratch scratch = pool.take();
                pool.giveBack(scratch);
                return scratch.isOwned();
            });
        }
        assertThat(isOwned).isTrue();
    }

    @Test
    void take_whileThePlacesOwnerLives_isShared() throws Exception {
        Scratch own = pool.take();
        pool.giveBack(own);
        Scratch others = callAtPlaceOf(Thread.currentThread().getId(), () -> {
            Scratch scratch = pool.take();
            pool.giveBack(scratch);
            return scratch;
        });
        assertThat(own.isOwned()).isTrue();
        assertThat(others).isNotSameAs(own);
        assertThat(others.isOwned()).isFalse();
        assertThat(pool.take()).isSameAs(own);
    }

    /** On a new thread whose place is the same as that of the thread with this number. */
    private static <T> T callAtPlaceOf(long number, Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        while ((thread.getId() - number) % ScratchPool.PLACES != 0) {
            thread = new Thread(task);
        }
        thread.start();
        return task.get(30, TimeUnit.SECONDS);
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
