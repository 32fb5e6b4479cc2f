package dev.latchkey.agent.answering;

import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.events.CredentialChanged;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Calls that run now, by what may end them. Whoever deletes a credential ends the calls that it pays for. */
public final class RunningCalls implements CredentialListener {
    /** Something that can be interrupted. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    private static final class Call {
        private final Thread thread = Thread.currentThread();
        private boolean cancelled;
        private boolean over;

        synchronized void cancel() {
            if (!over) {
                cancelled = true;
                thread.interrupt();
            }
        }

        synchronized boolean isCancelled() {
            return cancelled;
        }

        /** From here on nobody interrupts; an interrupt that came too late to stop the work is taken back. */
        synchronized void end() {
            over = true;
            if (cancelled) {
                var _ = Thread.interrupted();
            }
        }
    }

    private final Map<EndedBy, Set<Call>> calls = new ConcurrentHashMap<>();

    @Override
    public void changed(CredentialChanged change) {
        if (!change.getIsActive()) {
            end(new EndedBy.Deletion(change.getCredentialId()));
        }
    }

    /** Ends what runs, and nothing that begins later. */
    void end(EndedBy cause) {
        calls.getOrDefault(cause, Set.of()).forEach(Call::cancel);
    }

    /** Runs the work. Empty when the cause came and the work did not end before. */
    <T> Optional<T> run(EndedBy cause, Work<T> work) throws InterruptedException {
        var call = begin(cause);
        try {
            return Optional.of(work.run());
        } catch (InterruptedException e) {
            if (call.isCancelled()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            end(cause, call);
        }
    }

    private Call begin(EndedBy cause) {
        var call = new Call();
        calls.compute(cause, (_, running) -> {
            var all = running == null ? ConcurrentHashMap.<Call>newKeySet() : running;
            all.add(call);
            return all;
        });
        return call;
    }

    private void end(EndedBy cause, Call call) {
        call.end();
        calls.computeIfPresent(cause, (_, running) -> {
            running.remove(call);
            return running.isEmpty() ? null : running;
        });
    }
}
