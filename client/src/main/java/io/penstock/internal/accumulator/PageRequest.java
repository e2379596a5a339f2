package io.penstock.internal.accumulator;

import org.jspecify.annotations.Nullable;

/**
 * One call's wait for pages.
 *
 * <p>Made by the thread that wants to append; granted by whichever thread gives pages back. Granted pages belong to the
 * request until {@link PartitionQueue#append} takes them; what it leaves goes back with {@link #giveBackRest}.
 */
public abstract class PageRequest {

    private final PagePool pool;
    private final int pageCount;
    private volatile Page @Nullable [] granted;
    private int taken;

    protected PageRequest(PagePool pool, int pageCount) {
        this.pool = pool;
        this.pageCount = pageCount;
    }

    public final int pageCount() {
        return pageCount;
    }

    public final boolean isGranted() {
        return granted != null;
    }

    /** The pages are there; called once, without any lock, by the thread that gave pages back. Must be short. */
    protected abstract void onGranted();

    final void grant(Page[] pages) {
        granted = pages;
    }

    /** Takes {@code count} of the granted pages; false when fewer are left. */
    final boolean take(Page[] target, int from, int count) {
        Page[] pages = granted;
        if (pages == null || pages.length - taken < count) {
            return false;
        }
        System.arraycopy(pages, taken, target, from, count);
        taken += count;
        return true;
    }

    /** After the append, or instead of it. */
    public final void giveBackRest() {
        Page[] pages = granted;
        if (pages != null && taken < pages.length) {
            int from = taken;
            taken = pages.length;
            pool.giveBack(pages, from, pages.length);
        }
    }
}
