package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./latchkey} in a tree of its own, with a Maven and a Java that only say how they were started. */
final class LauncherTest {
    private static final String SAY = "#!/bin/sh\necho \"${0##*/} $*\"\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path tree;

    @BeforeEach
    void plant() throws IOException {
        program("latchkey", Files.readString(Checkout.ROOT.resolve("latchkey")));
        program("mvnw", "#!/bin/sh\necho \"mvnw $* with $JAVA_HOME\"\nmkdir -p infra/distribution/target/latchkey\n");
        for (var version : List.of("17", "25")) {
            program("jdk" + version + "/bin/java", SAY);
            program("jdk" + version + "/bin/javac", SAY);
            Files.writeString(tree.resolve("jdk" + version + "/release"), "JAVA_VERSION=\"" + version + ".0.1\"\n");
        }
        Files.createDirectories(tree.resolve("services/api/src/main"));
        Files.createDirectories(tree.resolve("schemas"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
    }

    @Test
    void helpListsTheCommandsALineEach() {
        var output = latchkey("help");

        assertThat(output.status()).isZero();
        assertThat(output.lines().stream().filter(line -> line.startsWith("  ")))
                .extracting(line -> line.strip().replaceFirst(" .*", ""))
                .containsExactly("demo", "up", "token", "status", "audit", "keys", "users", "bench", "test", "help");
    }

    @Test
    void refusesACommandThatItDoesNotHave() {
        assertThat(latchkey("dance").status()).isEqualTo(2);
    }

    @Test
    void testIsMavensVerifyWithTheRightJdk() {
        assertThat(latchkey("test", "-Dtest=One"))
                .isEqualTo(new Output(0, List.of("mvnw -B verify -Dtest=One with " + at("jdk25"))));
    }

    /** Whatever a machine of continuous integration has more is installed in one line that says what for and may fail. */
    @Test
    void continuousIntegrationRunsTheSameCommandAndHidesNoInstallation() throws IOException {
        var lines = Files.readAllLines(Checkout.ROOT.resolve(".ci/run")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();

        int test = lines.indexOf("./latchkey test");
        assertThat(lines).first().isEqualTo("cd \"$(dirname -- \"$0\")/..\" || exit 1");
        assertThat(lines.subList(1, test))
                .isNotEmpty()
                .allMatch(line -> line.matches(".+ \\|\\| true # .+"))
                .allMatch(line -> !line.contains("pip install") || line.contains("=="));
        assertThat(lines.subList(test + 1, lines.size()))
                .containsExactly(
                        "status=$?",
                        "find . -path '*/surefire-reports/*-output.txt' -exec grep -h '^NOT RUN' {} + | sort -u",
                        "exit $status");
    }

    @Test
    void needsNoHome() {
        var output = Output.of(new Command(List.of("env", "-u", "HOME", at("latchkey"), "test"), environment()));

        assertThat(output).isEqualTo(new Output(0, List.of("mvnw -B verify with " + at("jdk25"))));
    }

    @Test
    void testFailsWhenMavenDoes() throws IOException {
        program("mvnw", "#!/bin/sh\nexit 3\n");

        assertThat(latchkey("test").status()).isEqualTo(3);
    }

    @Test
    void passesAJdkOfAnotherVersionOver() {
        var path = at("jdk25/bin") + ":" + System.getenv("PATH");

        var output = latchkey(Map.of("JAVA_HOME", at("jdk17"), "PATH", path), "test");

        assertThat(output).isEqualTo(new Output(0, List.of("mvnw -B verify with " + at("jdk25"))));
    }

    @Test
    void buildsBeforeTheFirstStartAndAfterAChangeAndSaysSo() throws IOException {
        assertThat(pipe("./latchkey token").lines())
                .containsExactly(
                        "Building Latchkey (the first time, dependencies are downloaded).", built(), started());
        assertThat(pipe("./latchkey token").lines()).containsExactly(started());

        Files.writeString(tree.resolve("services/api/src/main/New.java"), "class New {}");

        assertThat(pipe("./latchkey token").lines()).contains(built());
    }

    @Test
    void startsNothingWhenTheBuildFails() throws IOException {
        program("mvnw", "#!/bin/sh\necho broken\nexit 1\n");

        assertThat(latchkey("demo")).isEqualTo(new Output(1, List.of()));
        assertThat(terminal("./latchkey demo").lines())
                .anyMatch(line -> line.endsWith("broken"))
                .contains("latchkey: the build failed");
    }

    @Test
    void showsOnATerminalThatABuildTakesLong() throws IOException {
        program("mvnw", "#!/bin/sh\nsleep 3\nmkdir -p infra/distribution/target/latchkey\n");

        assertThat(terminal("./latchkey demo").lines())
                .anyMatch(line -> line.contains("building (2 s)"))
                .anyMatch(line -> line.contains("-Dlatchkey.watched=true"));
    }

    private String built() {
        return "mvnw -B -q -Dquick -T1C -pl infra/distribution -am package with " + at("jdk25");
    }

    private String started() {
        return "java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlatchkey.watched=false"
                + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
                + " -jar " + at("infra/distribution/target/latchkey/lib/embedded-0.1.0.jar") + " token";
    }

    private Output latchkey(String... words) {
        return latchkey(environment(), words);
    }

    private Output latchkey(Map<String, String> environment, String... words) {
        var command = new ArrayList<>(List.of(at("latchkey")));
        command.addAll(List.of(words));
        return Output.of(new Command(command, environment));
    }

    /** Everything that another program reads. */
    private Output pipe(String line) {
        return Output.of(new Command(List.of("sh", "-c", "cd " + tree + " && " + line + " 2>&1 | cat"), environment()));
    }

    /** Everything that a person at a terminal sees. */
    private Output terminal(String line) {
        requireTerminals();
        var inTree = "cd " + tree + " && " + line;
        return Output.of(new Command(List.of("script", "-q", "-e", "-c", inTree, "/dev/null"), environment()));
    }

    private static void requireTerminals() {
        var found = Output.of(new Command(List.of("sh", "-c", "script --version 2>&1"), Map.of()));
        if (!String.join("", found.lines()).contains("util-linux")) {
            var reason =
                    "NOT RUN: what ./latchkey shows on a terminal, because this machine has no script of util-linux";
            System.err.println(reason);
            abort(reason);
        }
    }

    private Map<String, String> environment() {
        return Map.of("JAVA_HOME", at("jdk25"));
    }

    private String at(String name) {
        return tree.resolve(name).toString();
    }

    private void program(String name, String text) throws IOException {
        var file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
