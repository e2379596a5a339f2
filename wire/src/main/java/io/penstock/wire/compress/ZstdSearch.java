package io.penstock.wire.compress;

import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Ways to look for repeated bytes that stand in for zstd's default level.
 *
 * <p>Immutable. {@link #LEVEL} and {@link #SMALL_TABLES} keep two hash tables, of long and of short matches, the quick ones one. Where
 * records are alike and what differs in them is short, as in JSON, events and logs, a second table finds little: there the quick
 * ones take a quarter to a half less time for the same size or less. Prose comes out 5 to 8 % larger with them, so
 * {@link ZstdChoice} tries them before they are used.
 */
enum ZstdSearch {
    /**
     * What the default level takes for a stream of unknown size. For known sizes up to 16 KiB and from 128 to 256 KiB it would take
     * matches of 4 bytes, which on JSON came out 2.4 and 8 % larger and no faster.
     */
    LEVEL(5, 0, 0, 0, 0),

    /**
     * Hash tables of 192 KiB. The level's own are 768 KiB, more than a core's second-level cache holds, so that look-ups wait. Batches of
     * JSON of 256 KiB to 1 MiB took 10 to 30 % less time and came out 0.5 to 2.3 % larger; all still smaller than as batches of 128 KiB.
     */
    SMALL_TABLES(5, 15, 14, 0, 0),

    /** One hash table of 64 KiB and a window of 256, so that all it touches is in the caches. */
    QUICK(5, 14, 0, 1, 18),

    /** The same with matches of six bytes: better where most are long, as in logs. */
    QUICK_LONG(6, 14, 0, 1, 18);

    private final int minMatch;
    private final int hashLog;
    private final int chainLog;
    private final int strategy;
    private final int windowLog;

    /** In zstd's own numbers, strategy 1 being its "fast"; 0 is as the level has it. */
    ZstdSearch(int minMatch, int hashLog, int chainLog, int strategy, int windowLog) {
        this.minMatch = minMatch;
        this.hashLog = hashLog;
        this.chainLog = chainLog;
        this.strategy = strategy;
        this.windowLog = windowLog;
    }

    void applyTo(ZstdCompressCtx context) {
        context.setMinMatch(minMatch)
                .setHashLog(hashLog)
                .setChainLog(chainLog)
                .setStrategy(strategy)
                .setWindowLog(windowLog);
    }
}
