package dev.canyon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Keeps the picture of the rooms true: who may use whom, and who may know which library. */
class StructureTest {

    private static final int MOST_FILES = 22;

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.canyon");

    @Test
    void roomsUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(CanyonApplication.class).verify();
    }

    /** The rooms and their sub-rooms from the bottom up: each may use only those before it. */
    private static final List<String> BOTTOM_UP = List.of(
            "thread",
            "net",
            "engine.setting",
            "engine.kernel.proc",
            "engine.kernel",
            "engine.tls",
            "engine.identity",
            "engine.peer",
            "engine.fault",
            "engine.fault.stream",
            "engine.fault.datagram",
            "engine.fault.type",
            "engine.reply",
            "engine.reply.stream",
            "engine.reply.datagram",
            "engine.traffic",
            "engine.endpoint",
            "engine.udp",
            "engine.socket",
            "engine.tcp",
            "engine",
            "definition",
            "dial.tls",
            "dial",
            "probe.payload",
            "probe.target",
            "probe",
            "probe.spec",
            "probe.load",
            "probe.run",
            "probe.report",
            "settings",
            "certificate",
            "cli.shell",
            "cli.listen",
            "cli.send",
            "cli.run",
            "cli",
            "listener.endpoint",
            "listener.directory",
            "listener",
            "listener.management",
            "inspect.event",
            "inspect.capture",
            "inspect.pcapng",
            "inspect",
            "security.audit",
            "security.key",
            "security.access",
            "security.request",
            "security",
            "store.database",
            "store.row",
            "store.sqlite",
            "store.postgres",
            "store",
            "observe",
            "logging",
            "api.problem",
            "api.json",
            "api.audit",
            "api.openapi",
            "api.http",
            "api.dashboard",
            "api.stream",
            "api.listener",
            "api.connection",
            "api.fault",
            "api.event",
            "api.capture",
            "api.target",
            "api.message",
            "api.run",
            "api.configuration",
            "api.summary",
            "api.caller",
            "api");

    @Test
    void everyRoomUsesOnlyRoomsBelowIt() {
        List<String> upwards = new ArrayList<>();
        for (JavaClass user : CODE) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                if (isRoom(user)
                        && isRoom(dependency.getTargetClass())
                        && level(user) < level(dependency.getTargetClass())) {
                    upwards.add(dependency.getDescription());
                }
            }
        }
        assertThat(upwards).isEmpty();
    }

    @Test
    void everyPackageIsARoomWithADoor() {
        Set<String> packages = StreamSupport.stream(CODE.spliterator(), false)
                .filter(StructureTest::isRoom)
                .map(StructureTest::room)
                .collect(Collectors.toSet());
        assertThat(packages).containsExactlyInAnyOrderElementsOf(BOTTOM_UP);
        for (String room : BOTTOM_UP) {
            assertThat(Path.of("src/main/java/dev/canyon", room.replace('.', '/'), "package-info.java"))
                    .exists();
        }
    }

    /** More files than this in one folder hide the main flow. */
    @Test
    void noRoomHasMoreFilesThanAReaderCanSurvey() throws IOException {
        for (String room : BOTTOM_UP) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/canyon", room.replace('.', '/')))) {
                assertThat(files.filter(Files::isRegularFile)).as(room).hasSizeLessThanOrEqualTo(MOST_FILES);
            }
        }
    }

    private static boolean isRoom(JavaClass type) {
        return type.getPackageName().startsWith("dev.canyon.");
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring("dev.canyon.".length());
    }

    private static int level(JavaClass type) {
        int level = BOTTOM_UP.indexOf(room(type));
        assertThat(level)
                .as("a place in the order of rooms for " + type.getPackageName())
                .isNotNegative();
        return level;
    }

    @Test
    void onlyThePipelineChangesHandlers() {
        noClasses()
                .that()
                .resideInAPackage("dev.canyon.engine.tcp..")
                .and()
                .doNotHaveFullyQualifiedName("dev.canyon.engine.tcp.Pipeline")
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(
                                JavaClass.Predicates.assignableTo("io.netty.channel.ChannelPipeline")))
                        .and(JavaCall.Predicates.target(HasName.Predicates.nameMatching("(add|remove|replace).*"))))
                .check(CODE);
    }

    @Test
    void onlyTheGatesPauseReading() {
        noClasses()
                .that()
                .resideInAPackage("dev.canyon.engine.tcp..")
                .and()
                .doNotHaveFullyQualifiedName("dev.canyon.engine.tcp.ReadGate")
                .and()
                .doNotHaveFullyQualifiedName("dev.canyon.engine.socket.AcceptGate")
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("setAutoRead")))
                .orShould()
                .accessField("io.netty.channel.ChannelOption", "AUTO_READ")
                .check(CODE);
    }

    @Test
    void noPackagesGoInCircles() {
        SlicesRuleDefinition.slices()
                .matching("dev.canyon.(**)")
                .should()
                .beFreeOfCycles()
                .check(CODE);
    }

    @Test
    void onlyTheEngineItsAddressesAndClientsKnowNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.canyon.net..",
                        "dev.canyon.engine..",
                        "dev.canyon.dial..",
                        "dev.canyon.probe.load..",
                        "dev.canyon.probe.run..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CODE);
    }

    @Test
    void engineDefinitionsClientsAndCommandLineDoNotKnowSpring() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.canyon.thread..",
                        "dev.canyon.net..",
                        "dev.canyon.engine..",
                        "dev.canyon.definition..",
                        "dev.canyon.dial..",
                        "dev.canyon.probe..",
                        "dev.canyon.cli..")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CODE);
    }

    @Test
    void onlyTheApiAndSecurityKnowHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..api..", "..security..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..")
                .check(CODE);
    }

    @Test
    void onlyTheApiDescribesItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.swagger..")
                .check(CODE);
    }

    @Test
    void onlySecurityDecidesWhoGetsIn() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.canyon.security..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.security..", "org.springframework.boot.security..")
                .check(CODE);
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CODE);
    }

    @Test
    void onlyTheMainClassKnowsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli..")
                .and()
                .doNotHaveFullyQualifiedName(CanyonApplication.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..cli..")
                .check(CODE);
    }

    @Test
    void onlyTheOutsideTheStoreAndTheAuditTrailKnowJson() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..api..", "..cli..", "..store..", "..security..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(CODE);
    }

    @Test
    void onlyTheStoreKnowsADatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..", "javax.sql..", "org.springframework.jdbc..", "org.flywaydb..", "org.sqlite..")
                .check(CODE);
    }

    @Test
    void nobodyUsesTheSecondJackson() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson.databind..")
                .check(CODE);
    }

    @Test
    void onlyObserveKnowsMetricsAndHealth() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..observe..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.prometheus..", "org.springframework.boot.health..")
                .check(CODE);
    }
}
