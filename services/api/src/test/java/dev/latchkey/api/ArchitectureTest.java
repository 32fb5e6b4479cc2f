package dev.latchkey.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.latchkey.api");

    @Test
    void coreKnowsNoTechnology() {
        classes()
                .that()
                .resideInAPackage("..api.credentials")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "dev.latchkey.events",
                        "dev.latchkey.sealing",
                        "dev.latchkey.providers",
                        "dev.latchkey.api.credentials")
                .check(API);
    }

    @Test
    void rewrappingKnowsNoTechnology() {
        classes()
                .that()
                .resideInAPackage("..api.rewrap")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "dev.latchkey.sealing",
                        "dev.latchkey.api.credentials",
                        "dev.latchkey.api.rewrap")
                .check(API);
    }

    @Test
    void onlyTheHttpSideKnowsTheStore() {
        apart("outbox", "store", "providers", "rest", "runs");
        apart("runs", "store", "outbox", "providers", "rest", "postgres");
        apart("providers", "store", "outbox", "rest", "postgres");
        apart("store", "outbox", "providers", "rest");
        apart("rest", "outbox", "providers");
        apart("postgres", "credentials", "store", "outbox", "providers", "rest");
    }

    private static void apart(String adapter, String... others) {
        var packages = java.util.Arrays.stream(others).map("..api."::concat).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("..api." + adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(API);
    }
}
