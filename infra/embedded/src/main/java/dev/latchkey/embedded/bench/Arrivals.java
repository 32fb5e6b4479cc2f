package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.ObservedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** When prompts were published at a steady rate and when the provider was called for them. */
record Arrivals(Percentiles times, long lost, double rate) {
    /** Of so many prompts a second for so long. Returns when the provider was called for all of them, or seems not to be. */
    static Arrivals of(
            PromptSource prompts, ObservedProvider provider, List<UUID> users, int perSecond, Duration duration) {
        long begin = System.nanoTime();
        var published = publish(prompts, users, perSecond, duration);
        double rate = published.size() / ((System.nanoTime() - begin) / 1e9);
        prompts.awaitTaken();
        var called = Eventually.ask(() -> calledOf(published, provider), calls -> calls.size() == published.size());
        var times = new ArrayList<Duration>();
        called.forEach((prompt, at) -> times.add(Duration.ofNanos(at - Objects.requireNonNull(published.get(prompt)))));
        return new Arrivals(new Percentiles(times), published.size() - called.size(), rate);
    }

    /** Of each prompt the moment at which it was published. One that is late is not skipped: the rate is kept over time. */
    private static Map<String, Long> publish(PromptSource prompts, List<UUID> users, int perSecond, Duration time) {
        var published = new HashMap<String, Long>();
        long pause = Duration.ofSeconds(1).toNanos() / perSecond;
        long next = System.nanoTime();
        long end = next + time.toNanos();
        for (int i = 0; next < end; i++) {
            var id = UUID.randomUUID();
            published.put(id.toString(), System.nanoTime());
            prompts.publish(users.get(i % users.size()), id);
            next += pause;
            LockSupport.parkNanos(next - System.nanoTime());
        }
        return published;
    }

    private static Map<String, Long> calledOf(Map<String, Long> published, ObservedProvider provider) {
        var called = new HashMap<String, Long>();
        provider.asked().stream()
                .filter(asked -> published.containsKey(asked.question()))
                .forEach(asked -> called.putIfAbsent(asked.question(), asked.nanoTime()));
        return called;
    }
}
