package dev.latchkey.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchitectureTest {
    private static final String[] CORE = {
        "dev.latchkey.agent.answering",
        "dev.latchkey.agent.checking",
        "dev.latchkey.agent.credentials",
        "dev.latchkey.agent.payloads",
        "dev.latchkey.agent.sharing",
        "dev.latchkey.agent.tools"
    };
    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.latchkey.agent");

    @Test
    void coreKnowsNoTechnology() {
        var known = Stream.of(
                "java..",
                "org.jspecify..",
                "dev.latchkey.agents",
                "dev.latchkey.events",
                "dev.latchkey.sealing",
                "dev.latchkey.providers");

        classes()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(known, Stream.of(CORE)).toArray(String[]::new))
                .check(WORKER);
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "java.sql..")
                .check(WORKER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"caching", "figures", "http", "json", "kafka", "langchain4j", "listing", "metrics"})
    void adaptersDoNotKnowEachOther(String adapter) {
        var others = Stream.of("caching", "figures", "http", "json", "kafka", "langchain4j", "listing", "metrics")
                .filter(other -> !other.equals(adapter))
                .map("dev.latchkey.agent."::concat)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("dev.latchkey.agent." + adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(WORKER);
    }

    @Test
    void onlyMainReadsTheClock() {
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
