package dev.latchkey.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.latchkey.router", importOptions = DoNotIncludeTests.class)
final class CoreKnowsNoTechnologyTest {
    private static final String[] CORE = {
        "dev.latchkey.router.defaults",
        "dev.latchkey.router.runs",
        "dev.latchkey.router.usage",
        "dev.latchkey.router.views"
    };

    @ArchTest
    static final ArchRule coreKnowsEventsAndJavaOnly = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.latchkey.agents",
                    "dev.latchkey.events",
                    "dev.latchkey.router.defaults",
                    "dev.latchkey.router.runs",
                    "dev.latchkey.router.usage",
                    "dev.latchkey.router.views");

    @ArchTest
    static final ArchRule httpKnowsNoStreams = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.router.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "dev.latchkey.router.topology", "dev.latchkey.router.queries");

    @ArchTest
    static final ArchRule onlyMainReadsTheEnvironmentAndTheClock = noClasses()
            .that()
            .doNotHaveSimpleName("RouterMain")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
}
