package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of settings and the code name the same variables. */
final class SettingsTableTest {
    private static final Pattern VARIABLE = Pattern.compile("LATCHKEY_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_])");

    @Test
    void namesEveryVariableThatTheCodeReadsAndNoOther() throws IOException {
        assertThat(SettingsTable.read().variables()).isEqualTo(variablesInCode());
    }

    private static Set<String> variablesInCode() throws IOException {
        var found = new TreeSet<String>();
        for (var tree : Checkout.inModules("src/main/java")) {
            try (var files = Files.walk(tree)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(SettingsTableTest::lines)
                        .forEach(line -> found.addAll(variablesIn(line)));
            }
        }
        return found;
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> variablesIn(String text) {
        return VARIABLE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
