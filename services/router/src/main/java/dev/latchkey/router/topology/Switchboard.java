package dev.latchkey.router.topology;

import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.KeyUsed;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunControlled;
import dev.latchkey.router.runs.RefusedKey;
import dev.latchkey.router.runs.Run;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.runs.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Applies the core to the stores: what is heard changes what is known, and that is said. */
final class Switchboard {
    /** At most so many runs are moved at a time that the next record does not wait for it. */
    static final int MOST_AT_ONCE = 500;

    /** More than leave between two commits, most of the time. */
    private static final int LEFT_AT_ONCE = 500;

    private final Runs runs;
    private final CredentialShelf credentials;
    private final RunBook book;
    private final Listeners listeners;
    private final UsageBook usage;
    private final Dispatch dispatch;

    /** The end of the log of tasks, of any length. */
    @FunctionalInterface
    interface Tail {
        List<AgentTask> last(int most);
    }

    /** What is known, each kind in stores of its own. */
    record Known(CredentialShelf credentials, RunBook book, Listeners listeners, UsageBook usage) {}

    Switchboard(Runs runs, Known known, Dispatch dispatch) {
        this.runs = runs;
        this.credentials = known.credentials();
        this.book = known.book();
        this.listeners = known.listeners();
        this.usage = known.usage();
        this.dispatch = dispatch;
    }

    /** Catches up with the tasks that have left: those that a crash made the state forget are known again after it. */
    List<Output> catchUp(Tail left, Instant now) {
        int most = LEFT_AT_ONCE;
        var tail = left.last(most);
        while (tail.size() == most && !dispatch.knows(tail.getFirst(), now)) {
            most *= 2;
            tail = left.last(most);
        }
        return tail.stream()
                .flatMap(task -> dispatch.takeUp(task, now).stream())
                .toList();
    }

    List<Output> hear(Input input, Instant now) {
        var said = new ArrayList<>(apply(input, now));
        said.addAll(fill(input.userId(), now));
        return said;
    }

    /** What is due, and who is still to be told of a change; the rest next time. */
    List<Output> wake(Instant now) {
        var said = new ArrayList<Output>();
        book.due(now, MOST_AT_ONCE).forEach(run -> said.addAll(wake(run, now)));
        said.addAll(tell(listeners.goOn(MOST_AT_ONCE), now));
        return said;
    }

    private List<Output> apply(Input input, Instant now) {
        return switch (input) {
            case Input.CredentialSeen(var change) -> learn(change, now);
            case Input.PromptSeen(var prompt) -> begin(prompt, now);
            case Input.ResultSeen(var result) -> fold(result, now);
            case Input.ControlSeen(var control) -> obey(control, now);
            case Input.UseSeen(var use) -> count(use, now);
            case Input.BudgetSeen(var change) -> allow(change);
        };
    }

    private List<Output> learn(CredentialChanged change, Instant now) {
        var before = credentials.find(change.getUserId());
        var after = before.with(change);
        if (after.equals(before)) {
            return List.of();
        }
        credentials.put(change);
        var said = new ArrayList<Output>();
        if (!after.defaultModel().equals(before.defaultModel())) {
            said.add(defaultOf(change.getUserId(), after.defaultModel()));
        }
        said.addAll(tell(change.getUserId(), change.getCredentialId(), now));
        return said;
    }

    private List<Output> tell(UUID userId, UUID credentialId, Instant now) {
        boolean isUnusable = credentials.find(userId).isUnusable(credentialId);
        return tell(listeners.tell(userId, credentialId, isUnusable, MOST_AT_ONCE), now);
    }

    private List<Output> tell(List<RunId> told, Instant now) {
        var said = new ArrayList<Output>();
        for (var run : book.find(told)) {
            var known = credentials.find(run.id().userId());
            runs.hear(run, known, now).ifPresent(moved -> said.addAll(dispatch.move(moved, known, now)));
        }
        return said;
    }

    private List<Output> begin(PromptSubmitted prompt, Instant now) {
        var known = credentials.find(prompt.getUserId());
        return book.find(RunId.of(prompt))
                .map(run -> runs.beginAgain(run, prompt, now))
                .orElseGet(() -> Optional.of(runs.begin(prompt, known, now)))
                .map(run -> dispatch.move(run, known, now))
                .orElse(List.of());
    }

    private List<Output> fold(AgentResult result, Instant now) {
        return book.find(RunId.of(result)).map(run -> fold(run, result, now)).orElse(List.of());
    }

    private List<Output> fold(Run run, AgentResult result, Instant now) {
        var refused = runs.refusedKey(run, result);
        refused.ifPresent(key -> credentials.refuse(result.getUserId(), key));
        var known = credentials.find(result.getUserId());
        var said = new ArrayList<Output>();
        runs.answeredCall(run, result, now)
                .map(usage::count)
                .map(Output.UsageMoved::new)
                .ifPresent(said::add);
        runs.settle(run, result).ifPresent(settled -> said.addAll(dispatch.note(run, settled)));
        runs.fold(run, result, known, now).ifPresent(moved -> said.addAll(dispatch.move(moved, known, now)));
        refused.map(RefusedKey::credentialId).ifPresent(id -> said.addAll(tell(result.getUserId(), id, now)));
        return said;
    }

    /** Whoever waits is not ended by it: it is asked for when a turn comes. */
    private List<Output> allow(BudgetChanged change) {
        usage.set(change);
        return List.of();
    }

    private List<Output> obey(RunControlled control, Instant now) {
        var known = credentials.find(control.getUserId());
        return book.find(RunId.of(control))
                .map(run -> runs.obey(run, control, now))
                .orElseGet(() -> runs.foretell(control, now))
                .map(run -> dispatch.move(run, known, now))
                .orElse(List.of());
    }

    private List<Output> count(KeyUsed use, Instant now) {
        return book.find(RunId.of(use)).map(run -> count(run, use, now)).orElse(List.of());
    }

    private List<Output> count(Run run, KeyUsed use, Instant now) {
        return runs.count(run, use, now)
                .map(counted -> dispatch.note(run, counted))
                .orElse(List.of());
    }

    private List<Output> wake(Run run, Instant now) {
        var userId = run.id().userId();
        var known = credentials.find(userId);
        var woken = runs.wake(run, known, now);
        if (woken.isEmpty()) {
            book.erase(run);
            return List.of();
        }
        var said = new ArrayList<>(dispatch.move(woken.get(), known, now));
        said.addAll(dispatch.fill(userId, known, now));
        return said;
    }

    private List<Output> fill(UUID userId, Instant now) {
        return dispatch.fill(userId, credentials.find(userId), now);
    }

    private static Output defaultOf(UUID userId, Optional<DefaultModel> model) {
        return model.<Output>map(Output.DefaultChosen::new).orElseGet(() -> new Output.DefaultLost(userId));
    }
}
