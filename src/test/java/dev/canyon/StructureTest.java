package dev.canyon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Keeps the picture of the rooms true: who may use whom, and who may know which library. */
class StructureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.canyon");

    @Test
    void roomsUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(CanyonApplication.class).verify();
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
    void onlyTheTransportAndRunsKnowNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..transport..", "..probe.run..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CODE);
    }

    @Test
    void transportProbeAndCommandLineDoNotKnowSpring() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.canyon.transport..", "dev.canyon.probe..", "dev.canyon.cli..")
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
