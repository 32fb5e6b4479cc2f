package dev.latchkey.pnl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.latchkey.pnl");

    @Test
    void coreKnowsNoTechnology() {
        classes()
                .that()
                .resideInAnyPackage("dev.latchkey.pnl.book", "dev.latchkey.pnl.views")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.math",
                        "java.net",
                        "java.time..",
                        "java.util..",
                        "org.jspecify.annotations",
                        "dev.latchkey.events",
                        "dev.latchkey.pnl.book",
                        "dev.latchkey.pnl.views")
                .check(WORKER);
    }

    @Test
    void httpSideKnowsNoStreams() {
        noClasses()
                .that()
                .resideInAPackage("dev.latchkey.pnl.http")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "dev.latchkey.streams",
                        "dev.latchkey.pnl.topology",
                        "dev.latchkey.pnl.queries")
                .check(WORKER);
    }

    @Test
    void streamsSideKnowsNoHttp() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.latchkey.pnl.topology", "dev.latchkey.pnl.queries")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..", "com.fasterxml..", "dev.latchkey.pnl.http")
                .check(WORKER);
    }

    @Test
    void nothingReadsTheEnvironmentOrTheClockByItself() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv")
                .check(WORKER);
    }
}
