package dev.latchkey.api.rest;

import dev.latchkey.api.following.Cursor;
import dev.latchkey.api.following.News;
import dev.latchkey.api.following.RunFollowers;
import dev.latchkey.api.following.Subject;
import dev.latchkey.api.store.PromptStore;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.AnswerContinued;
import dev.latchkey.events.RunStatus;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.PathId;
import dev.latchkey.runtime.Problem;
import dev.latchkey.runtime.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A run as server-sent events: {@code run} when it moves, {@code part} for each piece of an answer, until its end. Ids are
 * cursors, and a client that lost its connection goes on with {@code Last-Event-ID}, at any instance.
 */
final class RunEvents {
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    /** Whoever follows longer connects again, as browsers do by themselves. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofSeconds(2);
    /** Events are stamped by others' clocks. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private static final Set<RunStatus> FINAL = Set.of(RunStatus.ANSWERED, RunStatus.REFUSED, RunStatus.FAILED);

    /** Where a run stands. */
    record RunView(
            String status,
            int step,
            int mostSteps,
            @Nullable String reason,
            @Nullable String message,
            @Nullable String answer,
            Instant updatedAt) {
        static RunView of(AgentRun run) {
            return new RunView(
                    word(run.getState() == null ? run.getStatus() : run.getState()),
                    run.getStep(),
                    run.getMostSteps(),
                    run.getReason() == null ? null : word(run.getReason()),
                    run.getMessage(),
                    run.getAnswer(),
                    run.getUpdatedAt());
        }

        private static String word(Enum<?> symbol) {
            return symbol.name().toLowerCase(Locale.ROOT);
        }
    }

    /** A piece of an answer. Those of another task begin anew. */
    record PartView(UUID taskId, int step, int attempt, int sequence, String text) {
        static PartView of(AnswerContinued part) {
            return new PartView(
                    part.getTaskId(), part.getStep(), part.getAttempt(), part.getSequence(), part.getText());
        }
    }

    private static final String PATH = Prompts.PATH + "/{id}/events";

    private final Door door;
    private final PromptStore prompts;
    private final Upstream router;
    private final RunFollowers followers;

    RunEvents(Door door, PromptStore prompts, Upstream router, RunFollowers followers) {
        this.door = door;
        this.prompts = prompts;
        this.router = router;
        this.followers = followers;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, this::follow));
    }

    private void follow(ServerRequest request, ServerResponse response) {
        var userId = door.userOf(request);
        var id = PathId.of(request).orElseThrow(() -> new ProblemException(Prompts.UNKNOWN));
        var since = since(request, new Subject(userId, id)).minus(CLOCKS_DIFFER);
        var from = request.headers().first(LAST_EVENT_ID).flatMap(Cursor::parse);
        try (var place = followers
                .follow(new Subject(userId, id), from, since)
                .orElseThrow(
                        () -> new ProblemException(Problem.unavailable("too many runs are followed here", SOON)))) {
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream")
                    .header(HeaderNames.CACHE_CONTROL, "no-store");
            send(place, response);
        } catch (KafkaException e) {
            throw new ProblemException(Problem.unavailable("runs can not be followed now", SOON));
        }
    }

    /** Nothing is told of a run before; throws the problem that its user should hear when there is no such run. */
    private Instant since(ServerRequest request, Subject subject) {
        var now = prompts.now();
        var answer = router.get(request, Prompts.PATH + "/" + subject.promptId());
        if (answer.statusCode() == 200) {
            var submitted = submittedAt(answer.body());
            return submitted.isBefore(now) ? submitted : now;
        }
        if (answer.statusCode() != 404) {
            throw router.away();
        }
        if (!prompts.isSubmitted(subject.userId(), subject.promptId())) {
            throw new ProblemException(Prompts.UNKNOWN);
        }
        return now;
    }

    private Instant submittedAt(byte[] run) {
        try {
            return Instant.parse(Json.MAPPER.readTree(run).path("submitted_at").asText());
        } catch (IOException | DateTimeException e) {
            throw router.away();
        }
    }

    private static void send(RunFollowers.Place place, ServerResponse response) {
        try (var out = response.outputStream()) {
            beat(out);
            long giveUp = System.nanoTime() + LONGEST.toNanos();
            var end = false;
            while (!end && place.mayGoOn() && System.nanoTime() < giveUp) {
                var news = place.follower().next(HEARTBEAT);
                if (news.isEmpty()) {
                    beat(out);
                }
                for (int i = 0; i < news.size() && !end; i++) {
                    write(news.get(i), out);
                    end = isEnd(news.get(i));
                }
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says nothing, and finds out whether anybody listens. */
    private static void beat(OutputStream out) throws IOException {
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void write(News news, OutputStream out) throws IOException {
        var event = switch (news) {
            case News.Moved(var cursor, var run) -> event(cursor, "run", RunView.of(run));
            case News.Continued(var cursor, var part) -> event(cursor, "part", PartView.of(part));
        };
        out.write(event.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON has no line breaks outside of its escapes. */
    private static String event(Cursor cursor, String name, Record view) {
        var json = new String(Json.write(view), StandardCharsets.UTF_8);
        return "id: " + cursor + "\nevent: " + name + "\ndata: " + json + "\n\n";
    }

    private static boolean isEnd(News news) {
        return switch (news) {
            case News.Moved(var _, var run) -> FINAL.contains(run.getStatus());
            case News.Continued _ -> false;
        };
    }
}
