package dev.latchkey.agent.sharing;

import dev.latchkey.agent.answering.Answerer;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.RateLimited;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps a server that hangs from taking the room of the others: only so many tasks of one server are answered at a time, and
 * the next ones wait in their order. While a server is stuck, its tasks take no more than half of the places to wait: the
 * rest of them is sent back, to be tried later.
 */
public final class Bulkheads implements Answerer {
    private static final Duration LATER = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Answerer answerer;
    private final Shares shares;
    private final InstantSource clock;
    private final Map<Server, Bulkhead> bulkheads = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * How much there is to share.
     *
     * @param ofOneServer most tasks of one server at a time
     * @param waiting most tasks that wait, of all servers together; whoever brings tasks keeps to it
     */
    public record Shares(int ofOneServer, int waiting) {}

    private enum Turn {
        ITS_OWN,
        TOO_LATE,
        LATER
    }

    public Bulkheads(Answerer answerer, Shares shares, InstantSource clock) {
        this.answerer = answerer;
        this.shares = shares;
        this.clock = clock;
    }

    /** Tasks that wait now. */
    public int waiting() {
        return waiting.get();
    }

    @Override
    public AgentResult answer(AgentTask task) throws InterruptedException {
        var server = Server.of(task);
        var bulkhead = join(server);
        try {
            return switch (turn(bulkhead, task)) {
                case ITS_OWN -> answerIn(bulkhead, task);
                // It is the answerer who says so, without a call.
                case TOO_LATE -> answerer.answer(task);
                case LATER -> sentBack(task);
            };
        } finally {
            leave(server);
        }
    }

    private Turn turn(Bulkhead bulkhead, AgentTask task) throws InterruptedException {
        var place = bulkhead.ask();
        return place.getCount() == 0 ? Turn.ITS_OWN : awaitTurn(bulkhead, place, task);
    }

    private Turn awaitTurn(Bulkhead bulkhead, CountDownLatch place, AgentTask task) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            while (clock.instant().isBefore(task.getDeadline())) {
                if (place.await(untilNextLook(task).toNanos(), TimeUnit.NANOSECONDS)) {
                    return Turn.ITS_OWN;
                }
                if (isTooMuch(bulkhead) && bulkhead.withdraw(place)) {
                    return Turn.LATER;
                }
            }
            return bulkhead.withdraw(place) ? Turn.TOO_LATE : Turn.ITS_OWN;
        } catch (InterruptedException e) {
            if (!bulkhead.withdraw(place)) {
                bulkhead.end(clock.instant());
            }
            throw e;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private boolean isTooMuch(Bulkhead bulkhead) {
        return waiting.get() > shares.waiting() / 2 && bulkhead.isStuck(clock.instant());
    }

    private Duration untilNextLook(AgentTask task) {
        var left = Duration.between(clock.instant(), task.getDeadline());
        return left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS;
    }

    private AgentResult answerIn(Bulkhead bulkhead, AgentTask task) throws InterruptedException {
        try {
            return answerer.answer(task);
        } finally {
            bulkhead.end(clock.instant());
        }
    }

    private Bulkhead join(Server server) {
        return bulkheads.compute(
                server,
                (_, there) ->
                        there == null ? new Bulkhead(shares.ofOneServer(), clock.instant()).joined() : there.joined());
    }

    private void leave(Server server) {
        bulkheads.computeIfPresent(server, (_, there) -> there.isLeftByTheLast() ? null : there);
    }

    /** Nobody was asked, so what the run has so far is what it had. */
    private AgentResult sentBack(AgentTask task) {
        var now = clock.instant();
        return AgentResult.newBuilder()
                .setTaskId(task.getTaskId())
                .setPromptId(task.getPromptId())
                .setUserId(task.getUserId())
                .setAttempt(task.getAttempt())
                .setOutcome(new RateLimited(LATER.toMillis()))
                .setSteps(task.getSteps())
                .setSealedSteps(task.getSealedSteps())
                .setStartedAt(now)
                .setFinishedAt(now)
                .build();
    }
}
