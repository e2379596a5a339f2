package io.penstock.internal.accumulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PagePoolTest {

    private final List<String> granted = new ArrayList<>();

    private PageRequest request(PagePool pool, String name, int pages) {
        return new PageRequest(pool, pages) {
            @Override
            protected void onGranted() {
                granted.add(name);
            }
        };
    }

    private static Page[] take(PagePool pool, int count) {
        Page[] pages = new Page[count];
        assertThat(pool.tryTake(pages, 0, count)).isTrue();
        return pages;
    }

    private static int capacityPages(PagePool pool) {
        return (int) (pool.capacityBytes() / pool.pageBytes());
    }

    @Test
    void tryTake_givesAllOrNothing() {
        PagePool pool = new PagePool(16 * 4096);
        take(pool, 10);
        Page[] more = new Page[7];
        assertThat(pool.tryTake(more, 0, 7)).isFalse();
        assertThat(more).containsOnlyNulls();
        assertThat(pool.availableBytes()).isEqualTo(6 * 4096);
        assertThat(pool.tryTake(more, 1, 6)).isTrue();
        assertThat(more[0]).isNull();
        assertThat(pool.availableBytes()).isZero();
    }

    @Test
    void waiters_areServedInOrder_andNobodyOvertakes() {
        PagePool pool = new PagePool(16 * 4096);
        Page[] held = take(pool, 16);
        assertThat(pool.takeOrWait(request(pool, "large", 10))).isFalse();
        PageRequest small = request(pool, "small", 1);
        assertThat(pool.takeOrWait(small)).isFalse();
        pool.giveBack(held, 0, 9);
        assertThat(granted).as("enough for the small one, which came later").isEmpty();
        assertThat(pool.tryTake(new Page[1], 0, 1))
                .as("nor may anybody else take it")
                .isFalse();
        assertThat(pool.waitingCount()).isEqualTo(2);
        pool.giveBack(held, 9, 11);
        assertThat(granted).containsExactly("large", "small");
        assertThat(pool.waitingCount()).isZero();
    }

    @Test
    void cancel_ofTheFirst_letsTheNextOneThrough() {
        PagePool pool = new PagePool(16 * 4096);
        Page[] held = take(pool, 16);
        PageRequest large = request(pool, "large", 10);
        pool.takeOrWait(large);
        pool.takeOrWait(request(pool, "small", 1));
        pool.giveBack(held, 0, 5);
        assertThat(pool.cancel(large)).isTrue();
        assertThat(granted).containsExactly("small");
        assertThat(pool.cancel(large)).isFalse();
        assertThat(large.isGranted()).isFalse();
    }

    @Test
    void cancel_afterTheGrant_leavesThePagesToTheCaller() {
        PagePool pool = new PagePool(16 * 4096);
        PageRequest request = request(pool, "at once", 4);
        assertThat(pool.takeOrWait(request)).isTrue();
        assertThat(granted).as("told by the return value alone").isEmpty();
        assertThat(pool.cancel(request)).isFalse();
        Page[] used = new Page[1];
        assertThat(request.take(used, 0, 1)).isTrue();
        assertThat(request.take(new Page[4], 0, 4)).isFalse();
        request.giveBackRest();
        request.giveBackRest();
        assertThat(pool.availableBytes()).isEqualTo(15 * 4096);
    }

    @Test
    void request_thatCanNeverBeMet_isRefused() {
        PagePool pool = new PagePool(16 * 4096);
        assertThatThrownBy(() -> pool.takeOrWait(request(pool, "x", 17)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("17")
                .hasMessageContaining("16");
    }

    @Test
    void secondReturn_isLoud() {
        PagePool pool = new PagePool(16 * 4096);
        Page[] pages = take(pool, 2);
        Page[] same = pages.clone();
        pool.giveBack(pages, 0, 2);
        assertThatThrownBy(() -> pool.giveBack(pages, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pool.giveBack(same, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twice");
        assertThat(pool.availableBytes()).isEqualTo(pool.capacityBytes());
    }

    @Test
    void pagesThatComeBackInAnyOrder_areLentAsNeighboursAgain() {
        // Prevents: a pool in which, after a while, no two pages of a batch are one piece of memory.
        PagePool pool = new PagePool(64 * 4096);
        Page[] pages = take(pool, 64);
        List<Integer> order = new ArrayList<>(IntStream.range(0, 64).boxed().toList());
        Collections.shuffle(order, new Random(42));
        order.forEach(i -> pool.giveBack(pages, i, i + 1));
        Page[] again = take(pool, 64);
        for (int i = 1; i < 64; i++) {
            assertThat(again[i].follows(again[i - 1])).isTrue();
        }
    }

    private static Page takeFirst(PagePool pool, int bytes) {
        Page[] one = new Page[1];
        assertThat(pool.tryTakeFirst(one, bytes)).isTrue();
        return one[0];
    }

    @Test
    void tryTakeFirst_whileThreeOfFourAreFree_givesWholePages_thenQuartersOfOneToFour() {
        PagePool pool = new PagePool(16 * 4096);
        for (int i = 0; i < 5; i++) {
            assertThat(takeFirst(pool, 100).sizeBytes()).isEqualTo(4096);
        }
        for (int i = 0; i < 11; i++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                assertThat(takeFirst(pool, 1024).sizeBytes()).isEqualTo(1024);
                assertThat(pool.availableBytes()).isEqualTo((10 - i) * 4096);
            }
        }
        assertThat(pool.tryTakeFirst(new Page[1], 1)).isFalse();
    }

    @Test
    void tryTakeFirst_ofMoreThanAQuarter_givesAWholePage() {
        PagePool pool = new PagePool(16 * 4096);
        take(pool, 12);
        assertThat(takeFirst(pool, 1025).sizeBytes()).isEqualTo(4096);
    }

    @Test
    void tryTakeFirst_whileSomebodyWaits_givesNoQuarterEither() {
        PagePool pool = new PagePool(16 * 4096);
        Page[] held = take(pool, 15);
        Page[] quarter = {takeFirst(pool, 100)};
        assertThat(pool.takeOrWait(request(pool, "two", 2))).isFalse();
        assertThat(pool.tryTakeFirst(new Page[1], 100)).isFalse();
        pool.giveBack(held, 0, 1);
        assertThat(granted).as("a quarter is out of the other page").isEmpty();
        pool.giveBack(quarter, 0, 1);
        assertThat(granted).containsExactly("two");
    }

    @Test
    void quarters_returnedInAnyOrder_areAPageAgain_andASecondReturnIsLoud() {
        for (int seed = 0; seed < 24; seed++) {
            PagePool pool = new PagePool(16 * 4096);
            take(pool, 10);
            Page[] quarters = new Page[6]; // two of the second page are never lent
            for (int i = 0; i < 6; i++) {
                quarters[i] = takeFirst(pool, 1);
            }
            assertThat(pool.availableBytes()).isEqualTo(4 * 4096);
            List<Integer> order = new ArrayList<>(IntStream.range(0, 6).boxed().toList());
            Collections.shuffle(order, new Random(seed));
            for (int i : order) {
                Page[] same = {quarters[i]};
                pool.giveBack(quarters, i, i + 1);
                assertThatThrownBy(() -> pool.giveBack(same, 0, 1)).isInstanceOf(IllegalStateException.class);
            }
            assertThat(pool.availableBytes()).isEqualTo(6 * 4096);
        }
    }

    @Test
    void pagesAndQuarters_atRandom_neverOverlap_andAreAllBackAtTheEnd() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            PagePool pool = new PagePool(70 * 4096, true);
            List<Page> held = new ArrayList<>();
            for (int step = 0; step < 600; step++) {
                Page[] page = new Page[1];
                int chance = random.nextInt(9);
                if (chance < 4 && pool.tryTakeFirst(page, 1 + random.nextInt(1_100))
                        || chance == 4 && pool.tryTake(page, 0, 1)) {
                    fill(page[0], step);
                    held.add(page[0]);
                    page[0].usedBytes(step);
                } else if (chance > 4 && !held.isEmpty()) {
                    page[0] = held.remove(random.nextInt(held.size()));
                    assertFilled(page[0]);
                    pool.giveBack(page, 0, 1);
                }
                long heldBytes = held.stream().mapToLong(Page::sizeBytes).sum();
                assertThat(pool.capacityBytes() - pool.availableBytes())
                        .as("seed %s", seed)
                        .isBetween(heldBytes, held.size() * 4096L);
            }
            for (Page last : held) {
                assertFilled(last);
                pool.giveBack(new Page[] {last}, 0, 1);
            }
            assertThat(pool.availableBytes()).as("seed %s", seed).isEqualTo(pool.capacityBytes());
            assertThat(take(pool, 70)).doesNotContainNull();
        }
    }

    private static void fill(Page page, int mark) {
        for (int at = 0; at < page.sizeBytes(); at += Integer.BYTES) {
            page.slab().putInt(page.offset() + at, mark);
        }
    }

    private static void assertFilled(Page page) {
        for (int at = 0; at < page.sizeBytes(); at += Integer.BYTES) {
            if (page.slab().getInt(page.offset() + at) != page.usedBytes()) {
                throw new AssertionError("A page was lent to two");
            }
        }
    }

    @Test
    void poison_showsWhoReadsAPageThatWentBack() {
        PagePool pool = new PagePool(16 * 4096, true);
        Page[] pages = take(pool, 1);
        Page page = pages[0];
        page.buffer().putLong(0, 42);
        pool.giveBack(pages, 0, 1);
        assertThat(page.buffer().getLong(0)).isEqualTo(0xDBDBDBDBDBDBDBDBL);
    }

    @Test
    void tinyMemory_stillHasAPage() {
        for (long bytes : new long[] {0, 1, 255, 256, 300, 4096, 65_535}) {
            PagePool pool = new PagePool(bytes);
            assertThat(pool.capacityBytes()).isGreaterThanOrEqualTo(256);
            assertThat(pool.capacityBytes()).isLessThanOrEqualTo(Math.max(256, bytes));
            take(pool, capacityPages(pool));
            assertThat(pool.availableBytes()).isZero();
        }
        assertThat(new PagePool(16 * 256).pageBytes()).isEqualTo(256);
        assertThat(new PagePool(16 * 4096).pageBytes()).isEqualTo(4096);
    }

    @Test
    void hugeMemory_costsNothingUntilItIsUsed() {
        // Prevents: an array for all of buffer.memory, which fails for a very large one.
        PagePool pool = new PagePool(Long.MAX_VALUE);
        Page[] pages = take(pool, 1_000);
        pool.giveBack(pages, 0, 1_000);
        assertThat(pool.availableBytes()).isEqualTo(pool.capacityBytes());
    }

    @Test
    void heapPage_isBesideTheBudget() {
        PagePool pool = new PagePool(16 * 4096);
        Page[] pages = {pool.heapPage()};
        assertThat(pages[0].buffer().capacity()).isEqualTo(4096);
        pool.giveBack(pages, 0, 1);
        assertThat(pool.availableBytes()).isEqualTo(pool.capacityBytes());
    }

    @Test
    void takingAndGivingBack_fromManyThreads_losesNoPageAndStarvesNobody() throws Exception {
        PagePool pool = new PagePool(64 * 4096);
        int threads = 6;
        CountDownLatch done = new CountDownLatch(threads);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            new Thread(() -> {
                        try {
                            for (int i = 0; i < 3_000; i++) {
                                takeMarkAndGiveBack(pool, random);
                            }
                        } catch (Throwable e) {
                            failure.compareAndSet(null, e);
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).as("nobody waits for ever").isTrue();
        assertThat(failure.get()).isNull();
        assertThat(pool.waitingCount()).isZero();
        assertThat(pool.availableBytes()).isEqualTo(pool.capacityBytes());
    }

    private static void takeMarkAndGiveBack(PagePool pool, Random random) throws InterruptedException {
        Page[] first = new Page[1];
        if (random.nextBoolean()
                && pool.tryTakeFirst(first, 10)) { // half of the time a quarter; whoever has one waits for nothing
            fill(first[0], first.hashCode());
            first[0].usedBytes(first.hashCode());
            Thread.yield();
            assertFilled(first[0]);
            pool.giveBack(first, 0, 1);
        } else {
            takeMarkAndGiveBackSome(pool, random);
        }
    }

    private static void takeMarkAndGiveBackSome(PagePool pool, Random random) throws InterruptedException {
        int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 64 : 12);
        Page[] pages = new Page[count];
        CountDownLatch there = new CountDownLatch(1);
        PageRequest request = new PageRequest(pool, count) {
            @Override
            protected void onGranted() {
                there.countDown();
            }
        };
        boolean granted = pool.takeOrWait(request);
        if (!granted && random.nextInt(4) == 0 && pool.cancel(request)) {
            return;
        }
        if (!granted && !request.isGranted() && !there.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("Waited too long for " + count);
        }
        int used = random.nextInt(count + 1);
        if (!request.take(pages, 0, used)) {
            throw new AssertionError("Fewer pages than granted");
        }
        request.giveBackRest();
        long mark = random.nextLong();
        for (int i = 0; i < used; i++) {
            pages[i].buffer().putLong(0, mark);
        }
        for (int i = 0; i < used; i++) {
            if (pages[i].buffer().getLong(0) != mark) {
                throw new AssertionError("A page was lent to two");
            }
        }
        pool.giveBack(pages, 0, used);
    }
}
