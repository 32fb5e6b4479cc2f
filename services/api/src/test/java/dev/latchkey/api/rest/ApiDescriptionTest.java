package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The running api does what /openapi.json says it does, whatever it is asked: schemathesis makes requests up from the
 * description, right and wrong ones, and looks for answers with 5xx, with a status, media type, header or body that is
 * not described, for wrong requests that are accepted and for right ones that are not.
 */
final class ApiDescriptionTest {
    private static final Path SETUP = Path.of("src/test/resources/schemathesis").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String SEED = "20261124";
    private static final String ME = "/api/v1/users/me";

    private static final String USAGE = """
            {"days": [{"day": "2026-11-26", "credential_id": null, "key_owner": "system", "provider": "openai",
              "model_name": "gpt-4o-mini", "calls": 1, "prompt_tokens": 7, "completion_tokens": 5, "cost": "0.0123",
              "cost_currency": "USD"}],
             "today": {"tokens": 12, "cost": "0.0123"}, "budget": {"tokens_per_day": 100, "cost_per_day": null}}""";
    /** Its answer is a stream that lasts as long as a run: {@link RunEventsTest} reads it to its end. */
    private static final String STREAM = "followPrompt";

    private static final String NO_DATE = """
            {"type": "about:blank", "title": "Bad request", "status": 400, "detail": "from and to are dates"}""";

    @TempDir
    private Path directory;

    @Test
    void holdsWhateverIsAsked() throws Exception {
        requireSchemathesis();

        holds("--phases", "examples,coverage,fuzzing", "--workers", "2", "--max-examples", "60", "--max-time", "30");
    }

    /** By one caller: what one makes another would take away, for all are the same user. */
    @Test
    void holdsForWhatIsAskedOfWhatWasMadeBefore() throws Exception {
        requireSchemathesis();

        holds("--phases", "stateful", "--workers", "1", "--max-examples", "60", "--max-time", "15");
    }

    private void holds(String... options) throws IOException, InterruptedException {
        try (var api = new RunningApi(directory, RunningApi.PLENTY)) {
            answerForTheOthers(api.neighbours());

            var log = directory.resolve("schemathesis.log");
            int status = run(log, api, options);

            System.out.println(Files.readString(log));
            assertThat(status).as(Files.readString(log)).isZero();
        }
    }

    private static void answerForTheOthers(Neighbours neighbours) {
        neighbours.replyToOthers(ApiDescriptionTest::usage);
        neighbours.replyToChecks(200, "{\"outcome\": \"accepted\", \"revision\": 1}");
        neighbours.reply(ME + "/pnl", 200, """
                {"user_id": "018f3a00-0000-7000-8000-000000000001", "currencies": []}""");
        neighbours.reply(ME + "/pnl/positions", 200, """
                {"user_id": "018f3a00-0000-7000-8000-000000000001", "positions": []}""");
        neighbours.reply(ME + "/default-model", 200, """
                {"credential_id": "018f3a00-0000-7000-8000-000000000001", "provider": "openai",
                 "model_name": "gpt-4o-mini", "base_url": null, "revision": 1,
                 "changed_at": "2026-11-24T12:00:00.123456Z"}""");
    }

    /** As the router does: days are dates. */
    private static Neighbours.Reply usage(String path) {
        if (!path.startsWith(ME + "/usage")) {
            return Neighbours.NOTHING;
        }
        var query = path.replaceFirst("[^?]*\\??", "");
        return Stream.of(query.split("&"))
                        .filter(part -> part.startsWith("from=") || part.startsWith("to="))
                        .allMatch(part -> isDate(part.replaceFirst("[^=]*=", "")))
                ? new Neighbours.Reply(200, "application/json", USAGE)
                : new Neighbours.Reply(400, "application/problem+json", NO_DATE);
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** In a directory of its own, for schemathesis keeps notes where it runs. */
    private int run(Path log, RunningApi api, String... options) throws IOException, InterruptedException {
        for (var file : List.of("schemathesis.toml", "hooks.py")) {
            Files.copy(SETUP.resolve(file), directory.resolve(file));
        }
        var caller = api.caller();
        var command = TestProgram.of(
                new ArrayList<>(List.of("python3", "-m", "schemathesis.cli", "run", caller.api() + "/openapi.json")));
        command.command()
                .addAll(List.of("--header", "Authorization:Bearer " + caller.token(), "--no-color", "--seed", SEED));
        command.command().addAll(List.of("--exclude-operation-id", STREAM));
        command.command().addAll(List.of(options));
        command.environment().put("REACHABLE_PROVIDER", api.allowedOrigin().toString());
        command.environment().put("PYTHONPATH", directory.toString());
        command.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        return endOf(
                command.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()));
    }

    private static int endOf(ProcessBuilder command) throws IOException, InterruptedException {
        var process = command.start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void requireSchemathesis() throws IOException, InterruptedException {
        var found = new ProcessBuilder("python3", "-c", "import schemathesis")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        if (endOf(found) != 0) {
            var reason =
                    "NOT RUN: schemathesis against the running api, because this machine's python3 does not have it";
            System.err.println(reason);
            abort(reason);
        }
    }
}
