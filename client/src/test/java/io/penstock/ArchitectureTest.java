package io.penstock;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.penstock.producer.KafkaProducer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the arrows between the rooms of this module (docs/ARCHITECTURE.md). An arrow is added here, on purpose and in review, before
 * it can be used; a room that is not built yet shows as skipped.
 */
class ArchitectureTest {

    private static final String ROOT = "io.penstock.";
    private static final String INTERNAL = ROOT + "internal.";
    private static final Set<String> PUBLIC = Set.of("producer", "serialization", "errors", "security");

    /** What any room may use: the JDK, logging, nullness and JCTools. */
    private static final List<String> EVERYWHERE =
            List.of("java..", "javax..", "org.jspecify..", "org.slf4j..", "org.jctools..");

    /** The public packages, the settings, and the seams to time, threads and counters: what most rooms may import. */
    private static final List<String> COMMON =
            List.of("producer", "serialization", "errors", "config", "loop", "metrics");

    /** Each room and what it may import beside {@link #EVERYWHERE} and itself. */
    private static final Map<String, List<String>> ROOMS = new TreeMap<>(Map.ofEntries(
            Map.entry("loop", List.of()),
            Map.entry("metrics", List.of()),
            Map.entry("config", List.of("producer", "serialization", "errors", "security", "wire")),
            Map.entry("tls", List.of("network", "loop", "config", "errors", "security")),
            Map.entry("network", List.of("wire", "loop", "config", "errors", "metrics")),
            Map.entry("sasl", with(COMMON, "security", "network")),
            Map.entry("telemetry", with(COMMON, "network", "wire")),
            Map.entry("cluster", List.of("wire", "config", "loop", "metrics")),
            Map.entry("partition", with(COMMON, "cluster")),
            Map.entry("completion", COMMON),
            Map.entry("accumulator", with(COMMON, "wire", "completion")),
            Map.entry("identity", List.of("errors", "config", "loop", "metrics", "wire")),
            Map.entry("transaction", List.of("errors", "config", "loop", "metrics", "wire", "identity")),
            Map.entry(
                    "sender", with(COMMON, "wire", "accumulator", "completion", "cluster", "identity", "transaction")),
            Map.entry("exchange", with(COMMON, "wire", "cluster", "network", "sender", "identity", "transaction")),
            Map.entry("admission", with(COMMON, "cluster", "partition", "accumulator", "completion", "wire"))));

    /** The composition root: the only room that may import all others. */
    private static final String ENGINE = "engine";

    /** The public classes that hand over to the engine; everybody else outside would have to go through them. */
    private static final String WIRING =
            "io\\.penstock\\.producer\\.(KafkaProducer|ProducerBuilder|ProducerConfig)(\\$.*)?";

    /**
     * The headers of a record are read by the record writer as they lie, without a copy, and so implement the one small interface
     * that the writer reads.
     */
    private static final String HEADERS = "io\\.penstock\\.producer\\.RecordHeaders";

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .importUrl(KafkaProducer.class.getProtectionDomain().getCodeSource().getLocation());

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static String packageOf(String room) {
        if (room.contains("..")) {
            return room;
        }
        boolean outside = PUBLIC.contains(room) || room.equals("wire");
        return (outside ? ROOT : INTERNAL) + room + "..";
    }

    private static boolean isBuilt(String room) {
        return PRODUCTION.stream().anyMatch(c -> c.getPackageName().equals(INTERNAL + room) && !isPackageInfo(c));
    }

    private static boolean isPackageInfo(JavaClass type) {
        return type.getSimpleName().equals("package-info");
    }

    @TestFactory
    Stream<DynamicTest> room_importsOnlyWhatItMay() {
        return ROOMS.entrySet().stream()
                .map(room -> dynamicTest(room.getKey(), () -> {
                    assumeFalse(!isBuilt(room.getKey()), "the room " + room.getKey() + " is not built yet");
                    List<String> allowed = new ArrayList<>(EVERYWHERE);
                    allowed.add(packageOf(room.getKey()));
                    room.getValue().forEach(other -> allowed.add(packageOf(other)));
                    classes()
                            .that(resideInAPackage(packageOf(room.getKey())))
                            .should()
                            .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(new String[0])))
                            .check(PRODUCTION);
                }));
    }

    @Test
    void package_isARoomOfTheTable() {
        Set<String> known =
                new java.util.TreeSet<>(PUBLIC.stream().map(p -> ROOT + p).toList());
        ROOMS.keySet().forEach(room -> known.add(INTERNAL + room));
        known.add(INTERNAL + ENGINE);
        classes()
                .should()
                .resideInAnyPackage(known.toArray(new String[0]))
                .because("a new room is put on the table, with its arrows, first")
                .check(PRODUCTION);
    }

    @Test
    void rooms_haveNoCycles() {
        slices().matching(INTERNAL + "(*)..").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void engine_isImportedByThePublicProducerAlone() {
        noClasses()
                .that(not(resideInAPackage(packageOf(ENGINE))).and(not(nameMatching(WIRING))))
                .should()
                .dependOnClassesThat(resideInAPackage(packageOf(ENGINE)))
                .check(PRODUCTION);
    }

    @Test
    void publicClasses_exceptTheWiring_knowNothingInternal() {
        noClasses()
                .that(resideInAnyPackage(publicPackages()).and(not(nameMatching(WIRING + "|" + HEADERS))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + "internal..", ROOT + "wire.."))
                .check(PRODUCTION);
    }

    @Test
    void wiring_importsTheEngineAdmissionAndSettingsOnly() {
        noClasses()
                .that(nameMatching(WIRING))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "internal..")
                        .and(not(resideInAnyPackage(packageOf(ENGINE), packageOf("admission"), packageOf("config")))))
                .check(PRODUCTION);
    }

    @Test
    void publicSignatures_showNothingInternal() {
        classes()
                .that(resideInAnyPackage(publicPackages()).and(not(nameMatching(HEADERS))))
                .should(new ShowNothingInternal(ROOT + "internal", ROOT + "wire"))
                .check(PRODUCTION);
    }

    /** The numbers are shown under the public names; of everything else the room must not know. */
    @Test
    void metrics_knowOfTheApiTheNamesOfMetricsOnly() {
        noClasses()
                .that(resideInAPackage(packageOf("metrics")))
                .should()
                .dependOnClassesThat(resideInAPackage(packageOf("producer"))
                        .and(not(nameMatching("io\\.penstock\\.producer\\.Metric(Name)?"))))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void headers_knowOneInterfaceOfTheWireOnly() {
        noClasses()
                .that(nameMatching(HEADERS))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + "internal..", ROOT + "wire..")
                        .and(not(nameMatching("io\\.penstock\\.wire\\.record\\.HeaderSource"))))
                .check(PRODUCTION);
    }

    @Test
    void sender_neverImportsNetwork() {
        noClasses()
                .that(resideInAPackage(packageOf("sender")))
                .should()
                .dependOnClassesThat(resideInAPackage(packageOf("network")))
                .because("it emits a plan and receives an outcome")
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void network_knowsNothingOfRecords() {
        noClasses()
                .that(resideInAPackage(packageOf("network")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.penstock.wire.record..", "io.penstock.wire.compress.."))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    @Test
    void accumulator_doesNotKnowTransactions() {
        noClasses()
                .that(resideInAPackage(packageOf("accumulator")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packageOf("transaction"), packageOf("identity")))
                .allowEmptyShould(true)
                .check(PRODUCTION);
    }

    /** A partitioner or a sender that decodes messages itself has taken over what exchange is there for. */
    @Test
    void messages_areKnownToExchangeNetworkAndClusterOnly() {
        noClasses()
                .that(not(resideInAnyPackage(
                        packageOf("exchange"),
                        packageOf("network"),
                        packageOf("cluster"),
                        packageOf("identity"),
                        packageOf("transaction"),
                        packageOf("telemetry"),
                        packageOf(ENGINE))))
                .should()
                .dependOnClassesThat(resideInAPackage("io.penstock.wire.message.."))
                .check(PRODUCTION);
    }

    @Test
    void kafkaClients_isATestDependencyOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.kafka.."))
                .check(PRODUCTION);
    }

    private static String[] publicPackages() {
        return PUBLIC.stream().map(name -> ROOT + name).toArray(String[]::new);
    }
}
