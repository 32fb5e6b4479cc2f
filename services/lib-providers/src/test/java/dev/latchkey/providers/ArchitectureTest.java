package dev.latchkey.providers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    @Test
    void coreKnowsNoHttp() {
        noClasses()
                .that()
                .resideInAPackage("dev.latchkey.providers")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.latchkey.providers.http", "io.helidon..", "java.net.http..")
                .check(new ClassFileImporter().importPackages("dev.latchkey.providers"));
    }
}
