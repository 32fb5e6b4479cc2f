package dev.latchkey.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
    private static final String ROOT = "dev.latchkey.embedded";
    private static final JavaClasses EMBEDDED = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesDoNotGoInCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(EMBEDDED);
    }

    @Test
    void processesAndPartsKnowNothingOfTheStackThatTheyAreIn() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".process", ROOT + ".parts", ROOT + ".client")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".command", ROOT + ".demo")
                .check(EMBEDDED);
    }

    @Test
    void onlyTheMainClassReadsTheEnvironment() {
        noClasses()
                .that()
                .doNotHaveSimpleName("LatchkeyMain")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(EMBEDDED);
    }
}
