package io.penstock.benchmarks;

import io.penstock.testkit.DiscardingBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the CPU time and the allocations of one producer at one workload go, by room of the house, by method and by class.
 *
 * <p>A sample belongs to the room of the topmost frame that is not the JDK's. Samples of a thread share out the user time that the thread
 * had; what the kernel took for it stands apart.
 */
final class Profile {

    private static final int TOP = 12;
    private static final int LEAST_ROOM_PERMILLE = 5;
    private static final String PREFIX = "io.penstock.";
    private static final List<String> JVM_OPTIONS =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");

    private final ProfiledWindow profiled;
    private final Map<String, Map<String, Integer>> roomsByThread = new HashMap<>();
    private final Map<String, Map<String, Integer>> methodsByThread = new HashMap<>();
    private final Map<String, Double> allocated = new HashMap<>();

    private Profile(ProfiledWindow profiled) {
        this.profiled = profiled;
    }

    static Profile measure(String side, Workload workload, Effort effort) throws IOException {
        return of(
                new Subject(side, workload, List.of(), "profile"),
                worker -> Window.parse(worker.ask(effort.window())).isWarm(),
                effort);
    }

    /** One record a request, so many of them a second. */
    static Profile steady(String side, int rate, Effort effort) throws IOException {
        String warming = "paced " + rate + " " + effort.pacedSeconds();
        return of(
                new Subject(side, Workloads.ALL.get(0), List.of("linger.ms=0"), "steady " + rate),
                worker -> PacedWindow.parse(worker.ask(warming)).isWarm(),
                effort);
    }

    /** @param order to a {@link Worker}, up to the seconds and the file */
    private record Subject(String side, Workload workload, List<String> settings, String order) {

        Child start(String bootstrap) throws IOException {
            return Contender.withOptions(
                            side, JVM_OPTIONS, side, workload.name(), bootstrap, settings.toArray(new String[0]))
                    .starter()
                    .start();
        }
    }

    /** A window that is not recorded; says whether it was warm. */
    private interface WarmUp {
        boolean run(Child worker) throws IOException;
    }

    private static Profile of(Subject subject, WarmUp warmUp, Effort effort) throws IOException {
        Path file = Files.createTempFile("penstock-profile", ".jfr");
        try (Child broker = Child.start(1, DiscardingBroker.class);
                Child worker = subject.start(broker.read())) {
            worker.read();
            // The first recording changes classes of the JDK, upon which the JVM throws away all that it has compiled.
            worker.ask(subject.order() + " " + effort.windowSeconds() + " " + file);
            for (int i = 0; i < effort.mostWarmups(); i++) {
                if (warmUp.run(worker) && i + 1 >= effort.warmups()) {
                    break;
                }
            }
            Profile profile = new Profile(
                    ProfiledWindow.parse(worker.ask(subject.order() + " " + effort.profileSeconds() + " " + file)));
            profile.read(file);
            return profile;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void read(Path file) throws IOException {
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.ExecutionSample" -> sampled(event);
                    case "jdk.ObjectAllocationSample" -> {
                        RecordedClass type = event.getClass("objectClass");
                        allocated.merge(type.getName(), (double) event.getLong("weight"), Double::sum);
                    }
                    default -> {
                        // what the recorder adds of itself
                    }
                }
            }
        }
    }

    private void sampled(RecordedEvent event) {
        RecordedThread thread = event.getThread("sampledThread");
        RecordedStackTrace stack = event.getStackTrace();
        if (thread == null || stack == null || stack.getFrames().isEmpty()) {
            return;
        }
        String name = String.valueOf(thread.getJavaName());
        roomsByThread.computeIfAbsent(name, key -> new HashMap<>()).merge(roomOf(stack), 1, Integer::sum);
        methodsByThread.computeIfAbsent(name, key -> new HashMap<>()).merge(methodOf(stack), 1, Integer::sum);
    }

    private static String roomOf(RecordedStackTrace stack) {
        for (RecordedFrame frame : stack.getFrames()) {
            String type = frame.getMethod().getType().getName();
            if (type.startsWith(PREFIX + "benchmarks")) {
                return "the caller (this benchmark)";
            }
            if (type.startsWith(PREFIX) || type.startsWith("org.apache.kafka.")) {
                String room = type.substring(0, type.lastIndexOf('.'));
                return "`" + room.replace("io.penstock.internal.", "").replace(PREFIX, "") + "`";
            }
        }
        return "the JDK alone";
    }

    private static String methodOf(RecordedStackTrace stack) {
        RecordedFrame top = stack.getFrames().get(0);
        String type = top.getMethod().getType().getName();
        return "`" + type.substring(type.lastIndexOf('.') + 1) + "."
                + top.getMethod().getName() + "` in " + roomOf(stack);
    }

    /** The tables. */
    List<String> lines() {
        Window window = profiled.window();
        double total = window.cpuSeconds();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%.2f CPU s/M while recorded, %.0f bytes allocated a record.",
                window.cpuSecondsPerMillion(),
                window.allocatedBytes()));
        lines.add("");
        lines.add("| where | part of the CPU time |");
        lines.add("|---|---|");
        Map<String, Double> rooms = sharedOut(roomsByThread);
        double known = 0;
        for (ProfiledWindow.ThreadUse use : profiled.threads()) {
            double kernel = Math.max(0, use.cpuSeconds() - use.userSeconds());
            rooms.merge("the kernel, for the thread " + nameOf(use), kernel, Double::sum);
            known += use.cpuSeconds();
        }
        rooms.merge(
                "the JVM's own threads but the compiler's (collector)",
                Math.max(0, window.cpuSeconds() - known),
                Double::sum);
        addParts(lines, rooms, total, Integer.MAX_VALUE);
        lines.add("");
        lines.add("| top frame | part of the CPU time |");
        lines.add("|---|---|");
        addParts(lines, sharedOut(methodsByThread), total, TOP);
        lines.add("");
        lines.add("| allocated | bytes a record |");
        lines.add("|---|---|");
        double all = allocated.values().stream().mapToDouble(each -> each).sum();
        allocated.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(TOP)
                .forEach(each -> lines.add(String.format(
                        Locale.ROOT,
                        "| `%s` | %.1f |",
                        readable(each.getKey()),
                        window.allocatedBytes() * each.getValue() / all)));
        return lines;
    }

    private static String readable(String type) {
        return type.equals("[B") ? "byte[]" : type.substring(type.lastIndexOf('.') + 1);
    }

    private static String nameOf(ProfiledWindow.ThreadUse use) {
        return "`" + use.name() + "`";
    }

    /** Each thread's user time by its samples. */
    private Map<String, Double> sharedOut(Map<String, Map<String, Integer>> samples) {
        Map<String, Double> shares = new HashMap<>();
        for (ProfiledWindow.ThreadUse use : profiled.threads()) {
            Map<String, Integer> own = samples.getOrDefault(use.name(), Map.of());
            double count = own.values().stream().mapToInt(each -> each).sum();
            own.forEach((where, hits) -> shares.merge(where, use.userSeconds() * hits / count, Double::sum));
        }
        return shares;
    }

    private static void addParts(List<String> lines, Map<String, Double> parts, double total, int most) {
        parts.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .filter(each -> each.getValue() * 1000 / total >= LEAST_ROOM_PERMILLE)
                .limit(most)
                .forEach(each -> lines.add(
                        String.format(Locale.ROOT, "| %s | %.1f %% |", each.getKey(), 100 * each.getValue() / total)));
    }
}
