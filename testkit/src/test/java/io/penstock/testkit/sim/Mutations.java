package io.penstock.testkit.sim;

import static io.penstock.testkit.sim.Mutation.answersThrough;
import static io.penstock.testkit.sim.Mutation.answersWith;
import static io.penstock.testkit.sim.Mutation.asks;
import static io.penstock.testkit.sim.Mutation.beginsWith;
import static io.penstock.testkit.sim.Mutation.means;
import static io.penstock.testkit.sim.Mutation.returns;
import static io.penstock.testkit.sim.Mutation.saysTheOpposite;
import static io.penstock.testkit.sim.Mutation.twice;
import static io.penstock.testkit.sim.Mutation.withFalse;
import static io.penstock.testkit.sim.Mutation.without;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The mistakes that the simulator has to find: docs/SIMULATION.md says how many seeds each took. */
public final class Mutations {

    private static final String ENGINE = "io.penstock.internal.";
    private static final String LANE = ENGINE + "sender.PartitionLane";
    private static final String OUTSTANDING = ENGINE + "sender.OutstandingBatches";
    private static final String OUTBOUND = ENGINE + "sender.OutboundBatch";

    private static final String TRANSACTION = ENGINE + "transaction.";
    private static final String MACHINE = TRANSACTION + "TransactionMachine";
    private static final String PROGRESS = TRANSACTION + "TransactionProgress";

    /** Where the verdict of a duplicate is: behind that of no error. */
    private static final int DUPLICATE_PLACE = 2;

    private Mutations() {}

    static List<Mutation> all() {
        List<Mutation> all = new ArrayList<>(ofRecords());
        all.addAll(ofLoops());
        all.addAll(ofTransactions());
        all.addAll(ofSeams());
        return all;
    }

    private static List<Mutation> ofLoops() {
        return List.of(
                new Mutation(
                        "tell the first loop only of leaders", ENGINE + "engine.SendingLoop", "follow", returns(0)),
                new Mutation("flush waits for one loop only", ENGINE + "engine.Engine", "flush", without("size", 1)));
    }

    /** What {@link TurnCostTest} has to find, since no seed can: these look at what is known, and not at what is ready. */
    static List<Mutation> ofCost() {
        return List.of(new Mutation(
                "look at partitions when what they had would have expired",
                ENGINE + "sender.DeadlineLine",
                "takes",
                without("remove", 0)));
    }

    private static List<Mutation> ofSeams() {
        return List.of(
                new Mutation(
                        "read the machine's clock", ENGINE + "loop.LoopAgent", "work", asks("nanoTime", System.class)),
                new Mutation(
                        "draw from a chance of its own",
                        ENGINE + "loop.Backoff",
                        "nanos",
                        asks("nextDouble", Chance.class),
                        true),
                new Mutation(
                        "show a password",
                        ENGINE + "config.Secret",
                        "toString",
                        answersWith("reveal", ENGINE + "config.Secret")));
    }

    /** No seed's. */
    public static final class Chance {
        private Chance() {}

        public static double nextDouble() {
            return ThreadLocalRandom.current().nextDouble();
        }
    }

    private static List<Mutation> ofTransactions() {
        return List.of(
                new Mutation("end a transaction before all answers are in", MACHINE, "areRecordsSettled", returns(1)),
                new Mutation(
                        "write before the partition is in the transaction",
                        TRANSACTION + "PartitionAdds",
                        "isAdded",
                        returns(1)),
                new Mutation("keep the epoch after a lost record", PROGRESS, "spendEpoch", returns(0)),
                new Mutation("keep the old epoch after an end", MACHINE, "onEnded", without("takeIdentity", 0)),
                new Mutation("commit in spite of a failed record", MACHINE, "onRecordFailed", returns(0)),
                new Mutation("commit without the offsets", TRANSACTION + "OffsetsLine", "first", returns(0)),
                new Mutation("send offsets outside", TRANSACTION + "OffsetsLine", "hasGroup", returns(1)),
                new Mutation("abort what was to be committed", MACHINE, "writeThenEnd", withFalse("end")),
                new Mutation(
                        "commit without those who are still sending",
                        TRANSACTION + "TransactionCalls",
                        "hasSendersInside",
                        returns(0)),
                new Mutation("forget that the coordinator has heard of it", PROGRESS, "onStarted", returns(0)),
                new Mutation(
                        "forget the call that ran out of time", ENGINE + "engine.Transactions", "keepFor", returns(0)),
                new Mutation(
                        "begin anew what was not waited for", ENGINE + "engine.Transactions", "hearOut", returns(0)));
    }

    private static List<Mutation> ofRecords() {
        return List.of(
                // memory
                new Mutation(
                        "release a page early: an attempt does not hold its pages",
                        OUTBOUND,
                        "onSent",
                        without("hold", 0)),
                new Mutation(
                        "reuse a page that the socket holds: an attempt ends twice",
                        OUTBOUND,
                        "onAttemptEnded",
                        twice("release")),
                new Mutation("leak a page when a connection is lost", LANE, "onLost", without("onAttemptEnded", 0)),
                new Mutation(
                        "leak the pages that were waited for",
                        ENGINE + "accumulator.PageRequest",
                        "giveBackRest",
                        returns(0)),
                new Mutation(
                        "shrink a compressed batch without the pages",
                        ENGINE + "accumulator.ProducerBatch",
                        "shrinkTo",
                        without("giveBack", 0)),
                // sequences and order
                new Mutation("drop the retry's sequence", OUTSTANDING, "prepareAgain", without("equals", 0)),
                new Mutation("forget the epoch bump", ENGINE + "identity.IdentityManager", "renew", returns(0)),
                new Mutation(
                        "reorder on retry",
                        OUTSTANDING,
                        "firstToResend",
                        answersThrough("lastWaiting", LinkedMistakes.class)),
                new Mutation("send beyond the window", OUTSTANDING, "takesMore", returns(1)),
                new Mutation("give back sequences that may have been used", OUTSTANDING, "isLastStamped", returns(1)),
                // completion
                new Mutation("complete twice", LANE, "tellDone", twice("submitQuietly")),
                new Mutation(
                        "complete in the wrong order",
                        OUTSTANDING,
                        "pollDone",
                        beginsWith("lastDoneFirst", LinkedMistakes.class)),
                new Mutation("flush returns early", ENGINE + "sender.LaneFlush", "add", without("hold", 0)),
                new Mutation("forget a batch that is given up", OUTSTANDING, "addGivenUp", without("append", 0)),
                // what a failure says
                new Mutation("say not written when it may be", OUTBOUND, "markMaybeWritten", returns(0)),
                new Mutation(
                        "believe that every error says not written",
                        ENGINE + "sender.Verdict",
                        "saysNotWritten",
                        returns(1)),
                new Mutation(
                        "count a duplicate as failure",
                        ENGINE + "sender.Verdict",
                        "of",
                        means("WRITTEN", "FAILED", DUPLICATE_PLACE)),
                // progress
                new Mutation("ignore a leader's move", LANE, "onLeader", returns(0)),
                new Mutation(
                        "skip the wake-up of the first record",
                        ENGINE + "accumulator.PartitionQueue",
                        "append",
                        without("onReady", 0)),
                new Mutation("skip the loop's wake-up", ENGINE + "loop.Mailbox", "post", without("wakeup", 0)),
                new Mutation("never expire", ENGINE + "sender.LaneLosses", "expire", returns(0)),
                new Mutation("never look a topic up again", ENGINE + "admission.TopicWaiters", "onUpdate", returns(0)),
                new Mutation(
                        "forget whoever waits for memory", ENGINE + "accumulator.PagePool", "grantWaiting", returns(0)),
                // the waiting line
                new Mutation(
                        "overtake those who wait for the partition",
                        ENGINE + "admission.WaitingLedger",
                        "lineBefore",
                        returns(0)),
                new Mutation(
                        "misread who must wait for its partition",
                        ENGINE + "admission.LineServer",
                        "waitsForPartition",
                        saysTheOpposite()));
    }
}
