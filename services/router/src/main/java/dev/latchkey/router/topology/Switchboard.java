package dev.latchkey.router.topology;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.router.defaults.UserCredentials;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.runs.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.streams.state.KeyValueStore;

/** Applies the core to the stores: what is heard changes what is known, and that is said. */
final class Switchboard {
    private static final int MOST_AT_ONCE = 500;

    private final Runs runs;
    private final KeyValueStore<String, CredentialChanged> credentials;
    private final RunBook book;

    Switchboard(Runs runs, KeyValueStore<String, CredentialChanged> credentials, RunBook book) {
        this.runs = runs;
        this.credentials = credentials;
        this.book = book;
    }

    List<Output> hear(Input input, Instant now) {
        return switch (input) {
            case Input.CredentialSeen(var change) -> learn(change, now);
            case Input.PromptSeen(var prompt) -> begin(prompt, now);
            case Input.ResultSeen(var result) -> fold(result, now);
        };
    }

    /** What is due. At most so much at once that the next record does not wait for it; the rest is due next time. */
    List<Output> wake(Instant now) {
        return book.due(now, MOST_AT_ONCE).stream()
                .flatMap(run -> wake(run, now).stream())
                .toList();
    }

    private List<Output> learn(CredentialChanged change, Instant now) {
        var before = credentialsOf(change.getUserId());
        var after = before.with(change);
        if (after.equals(before)) {
            return List.of();
        }
        CredentialShelf.put(change, credentials);
        var said = new ArrayList<Output>();
        if (!after.defaultModel().equals(before.defaultModel())) {
            said.add(defaultOf(change.getUserId(), after.defaultModel()));
        }
        said.addAll(tell(change.getUserId(), after, now));
        return said;
    }

    private List<Output> tell(UUID userId, UserCredentials known, Instant now) {
        return book.listenersOf(userId).stream()
                .map(run -> runs.hear(run, known, now))
                .flatMap(Optional::stream)
                .flatMap(run -> moved(run).stream())
                .toList();
    }

    private List<Output> begin(PromptSubmitted prompt, Instant now) {
        return book.find(RunId.of(prompt)).isPresent()
                ? List.of()
                : moved(runs.begin(prompt, credentialsOf(prompt.getUserId()), now));
    }

    private List<Output> fold(AgentResult result, Instant now) {
        return book.find(RunId.of(result))
                .flatMap(run -> runs.fold(run, result, credentialsOf(result.getUserId()), now))
                .map(this::moved)
                .orElse(List.of());
    }

    private List<Output> wake(Run run, Instant now) {
        var woken = runs.wake(run, now);
        if (woken.isEmpty()) {
            book.erase(run);
        }
        return woken.map(this::moved).orElse(List.of());
    }

    private List<Output> moved(Run run) {
        book.write(run);
        return switch (run) {
            case Run.Waiting _ -> List.of();
            case Run.Released released ->
                List.of(new Output.RunMoved(released.progress()), new Output.TaskReleased(released.task()));
            case Run.Pausing _, Run.Ended _ -> List.of(new Output.RunMoved(run.progress()));
        };
    }

    private UserCredentials credentialsOf(UUID userId) {
        return CredentialShelf.of(userId, credentials);
    }

    private static Output defaultOf(UUID userId, Optional<DefaultModel> model) {
        return model.<Output>map(Output.DefaultChosen::new).orElseGet(() -> new Output.DefaultLost(userId));
    }
}
