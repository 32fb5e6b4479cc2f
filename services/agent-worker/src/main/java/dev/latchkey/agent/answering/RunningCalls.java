package dev.latchkey.agent.answering;

import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.events.CredentialChanged;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Calls that run now, by the credential that pays for them. Whoever deletes a credential ends its calls. */
public final class RunningCalls implements CredentialListener {
    /** Something that a deletion interrupts. */
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

    private final Map<UUID, Set<Call>> calls = new ConcurrentHashMap<>();

    @Override
    public void changed(CredentialChanged change) {
        if (!change.getIsActive()) {
            calls.getOrDefault(change.getCredentialId(), Set.of()).forEach(Call::cancel);
        }
    }

    /** Runs the work. Empty when the credential was deleted and the work did not end before. */
    <T> Optional<T> run(UUID credentialId, Work<T> work) throws InterruptedException {
        var call = begin(credentialId);
        try {
            return Optional.of(work.run());
        } catch (InterruptedException e) {
            if (call.isCancelled()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            end(credentialId, call);
        }
    }

    private Call begin(UUID credentialId) {
        var call = new Call();
        calls.compute(credentialId, (_, running) -> {
            var all = running == null ? ConcurrentHashMap.<Call>newKeySet() : running;
            all.add(call);
            return all;
        });
        return call;
    }

    private void end(UUID credentialId, Call call) {
        call.end();
        calls.computeIfPresent(credentialId, (_, running) -> {
            running.remove(call);
            return running.isEmpty() ? null : running;
        });
    }
}
