package io.penstock.internal.accumulator;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/** The pool of pages and who holds them: no page is lent twice, lost, or kept from somebody who waits for it. */
public class PoolStress {
    private static final int PAGE_BYTES = 256;

    private static PagePool pool(int pages) {
        PagePool pool = new PagePool((long) pages * PAGE_BYTES);
        if (pool.pageBytes() != PAGE_BYTES) {
            throw new IllegalStateException("pages of " + pool.pageBytes());
        }
        return pool;
    }

    /** A waiter beside one who gives back and one who cancels it: granted or cancelled, never both, and all pages are there again. */
    @JCStressTest
    @Outcome(id = "1, 0, 512", expect = Expect.ACCEPTABLE, desc = "granted before it was cancelled")
    @Outcome(id = "0, 1, 512", expect = Expect.ACCEPTABLE, desc = "cancelled before it was granted")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, neither, or pages lost")
    @State
    public static class GiveBackBesideCancel {
        private final PagePool pool = pool(2);
        private final Page[] held = new Page[2];
        private final PageRequest request;
        private volatile int granted;

        public GiveBackBesideCancel() {
            pool.tryTake(held, 0, 2);
            request = new PageRequest(pool, 2) {
                @Override
                protected void onGranted() {
                    granted = 1;
                }
            };
            pool.takeOrWait(request);
        }

        @Actor
        public void giver() {
            pool.giveBack(held, 0, 2);
        }

        @Actor
        public void canceller(IIJ_Result result) {
            result.r2 = pool.cancel(request) ? 1 : 0;
        }

        @Arbiter
        public void after(IIJ_Result result) {
            result.r1 = granted;
            request.giveBackRest();
            result.r3 = pool.availableBytes();
        }
    }

    /** One who gives a page back beside one who would wait for it: it gets the page at once or by being told. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "there in time")
    @Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "waited and was told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "told twice or never")
    @State
    public static class GiveBackBesideWait {
        private final PagePool pool = pool(1);
        private final Page[] held = new Page[1];
        private volatile int told;
        private final PageRequest request = new PageRequest(pool, 1) {
            @Override
            protected void onGranted() {
                told++;
            }
        };

        public GiveBackBesideWait() {
            pool.tryTake(held, 0, 1);
        }

        @Actor
        public void giver() {
            pool.giveBack(held, 0, 1);
        }

        @Actor
        public void waiter(III_Result result) {
            result.r1 = pool.takeOrWait(request) ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r2 = told;
            result.r3 = (int) pool.availableBytes();
        }
    }

    /** The batch's own hold and an attempt's, let go by two threads: the pages go back once. */
    @JCStressTest
    @Outcome(id = "0, 0, 256", expect = Expect.ACCEPTABLE, desc = "all back")
    @Outcome(expect = Expect.FORBIDDEN, desc = "pages lost or given back twice")
    @State
    public static class TwoReleases {
        private final PagePool pool = pool(1);
        private final ProducerBatch batch = new ProducerBatch(pool, 0, 0);

        public TwoReleases() {
            if (!batch.takePages(1, 100, null)) {
                throw new IllegalStateException("no page");
            }
            batch.adopt(1);
            batch.hold();
        }

        @Actor
        public void completion(IIJ_Result result) {
            result.r1 = release();
        }

        @Actor
        public void attempt(IIJ_Result result) {
            result.r2 = release();
        }

        private int release() {
            try {
                batch.release();
                return 0;
            } catch (IllegalStateException e) {
                return 1;
            }
        }

        @Arbiter
        public void after(IIJ_Result result) {
            result.r3 = pool.availableBytes();
        }
    }
}
