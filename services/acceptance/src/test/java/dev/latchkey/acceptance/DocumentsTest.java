package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read before they read code: it is there, and it speaks of what is there. */
final class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))(?:\\.(\\w+))?`");
    private static final Pattern TOPIC = Pattern.compile("`([a-z-]+)`");

    static Stream<Path> documents() throws IOException {
        try (var top = Files.list(Checkout.ROOT);
                var docs = Files.walk(Checkout.ROOT.resolve("docs"))) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void leadsToFilesThatAreThere(Path document) throws IOException {
        var links = LINK.matcher(Files.readString(document))
                .results()
                .map(link -> link.group(1))
                .filter(Predicate.not(link -> link.contains(":")));

        assertThat(links.map(link -> document.resolveSibling(link).normalize()))
                .allSatisfy(file -> assertThat(file).exists());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"})
    void isThere(String name) {
        assertThat(Checkout.ROOT.resolve(name)).isNotEmptyFile();
    }

    @Test
    void theReadmesTableHasEveryTopicWithItsEvent() throws IOException {
        var rows = topicRows();

        assertThat(rows.stream()
                        .flatMap(row -> TOPIC.matcher(cell(row, 1)).results())
                        .map(topic -> topic.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(rows)
                        .filteredOn(row -> cell(row, 1).contains("`" + topic.name() + "`"))
                        .singleElement()
                        .satisfies(row ->
                                assertThat(row).containsAnyOf(topic.type().getSimpleName(), "internal")));
    }

    /** A claim of the threat model is worth as much as the test that it names. */
    @Test
    void theThreatModelNamesTestsThatAreThere() throws IOException {
        var claims = TEST.matcher(Files.readString(Checkout.ROOT.resolve("docs/threat-model.md")))
                .results()
                .toList();

        assertThat(claims).hasSizeGreaterThan(30);
        for (var claim : claims) {
            assertThat(sources(claim.group(1)))
                    .as(claim.group())
                    .anyMatch(source -> claim.group(2) == null || source.contains(" " + claim.group(2) + "("));
        }
    }

    @Test
    void theListOfDecisionsHasEveryOne() throws IOException {
        var directory = Checkout.ROOT.resolve("docs/decisions");
        var list = Files.readString(directory.resolve("README.md"));

        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(list).contains("(" + name + ")"));
        }
    }

    /** What is in the files of a test class; several modules may have one of that name. */
    private static List<String> sources(String testClass) throws IOException {
        var found = new ArrayList<String>();
        for (var tree : Checkout.inModules("src/test")) {
            try (var files = Files.walk(tree)) {
                files.filter(file -> file.endsWith(testClass + ".java"))
                        .map(DocumentsTest::text)
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of the table that begins with the column of topics. */
    private static List<String> topicRows() throws IOException {
        return Files.readAllLines(Checkout.ROOT.resolve("README.md")).stream()
                .dropWhile(line -> !line.startsWith("| topic |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static String cell(String row, int number) {
        return row.split("\\|", -1)[number];
    }
}
