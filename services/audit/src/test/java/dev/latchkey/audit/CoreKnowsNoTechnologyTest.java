package dev.latchkey.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(packages = "dev.latchkey.audit", importOptions = DoNotIncludeTests.class)
final class CoreKnowsNoTechnologyTest {
    private static final String[] CORE = {"dev.latchkey.audit.history", "dev.latchkey.audit.reconciling"};

    @ArchTest
    static final ArchRule coreKnowsEventsAndJavaOnly = classes()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.latchkey.events",
                    "dev.latchkey.schemas.history",
                    "dev.latchkey.audit.history",
                    "dev.latchkey.audit.reconciling");

    @ArchTest
    static final ArchRule outputKnowsNoKafka = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.audit.output")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "dev.latchkey.audit.kafka");

    @ArchTest
    static final ArchRule kafkaKnowsNoOutput = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.audit.kafka")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "dev.latchkey.audit.output");

    @ArchTest
    static final ArchRule postgresKnowsNoKafkaAndNoOutput = noClasses()
            .that()
            .resideInAPackage("dev.latchkey.audit.postgres")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "picocli..", "dev.latchkey.audit.kafka", "dev.latchkey.audit.output");

    @ArchTest
    static final ArchRule onlyMainReadsTheEnvironmentAndTheClock = noClasses()
            .that()
            .doNotHaveSimpleName("AuditMain")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now");
}
