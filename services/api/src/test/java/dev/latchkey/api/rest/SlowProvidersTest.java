package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No provider keeps a caller waiting for more than ten seconds, whatever it does. */
final class SlowProvidersTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** For a busy machine; less than a second wait behind the first would take. */
    private static final Duration MARGIN = Duration.ofSeconds(6);

    private static final Answer WORKER_LATE = Answer.problem(
                    503, "Service unavailable", "the agent-worker does not answer")
            .with("retry-after", "2");
    private static final Answer LATE = Answer.problem(
                    503, "Service unavailable", "openai-compatible could not be asked")
            .with("retry-after", "10");

    private record Timed(Answer answer, Duration took) {}

    @Test
    void answersWithinTenSecondsAndStoresNothing(@TempDir Path directory) throws Exception {
        var providers = new ArrayList<SlowProvider>();
        for (var manner : SlowProvider.Manner.values()) {
            providers.add(new SlowProvider(manner));
        }
        try (var api = new RunningApi(directory, setup(providers))) {
            var anna = api.caller();
            anna.get(CREDENTIALS); // The first request of all takes longer.

            var timed = inParallel(Stream.of(CREDENTIALS, CREDENTIALS + "/validate")
                    .flatMap(path -> providers.stream().map(provider -> call(anna, path, provider.address())))
                    .toList());

            timed.forEach(one -> System.out.println("validation ended after " + one.took()));
            assertThat(timed).hasSize(6).allSatisfy(one -> {
                assertThat(one.answer()).isEqualTo(LATE);
                assertThat(one.took()).isBetween(LIMIT.minusMillis(100), LIMIT.plus(MARGIN));
            });
            assertThat(anna.get(CREDENTIALS)).isEqualTo(Answer.ok("[]"));
            assertThat(api.outboxOf(anna).credentials()).isEmpty();
        } finally {
            providers.forEach(SlowProvider::close);
        }
    }

    /** It asks the provider and opens the key, each with limits of its own: together they are longer than the caller waits. */
    @Test
    void answersWithinTenSecondsAndChangesNothingWhateverTheWorkerDoes(@TempDir Path directory) throws Exception {
        var calls = new ArrayList<Callable<Timed>>();
        var checks = new ArrayList<Runnable>();
        try (var opened = new Opened()) {
            for (var manner : SlowProvider.Manner.values()) {
                var worker = opened.keep(new SlowProvider(manner));
                var setup = RunningApi.Setup.usual().withWorker(worker.address());
                var api = opened.keep(new RunningApi(directory, setup));
                var anna = api.caller();
                var id = anna.register("openai", "sk-live-abcdefgh-wxyz").text("id");
                var before = anna.get(CREDENTIALS);
                calls.add(() -> timed(anna, CREDENTIALS + "/validate", "{\"credential_id\": \"" + id + "\"}"));
                checks.add(() -> {
                    assertThat(anna.get(CREDENTIALS)).isEqualTo(before);
                    assertThat(api.outboxOf(anna).credentials()).hasSize(1);
                });
            }

            var timed = inParallel(calls);

            timed.forEach(one -> System.out.println("validation of a stored key ended after " + one.took()));
            assertThat(timed).hasSize(3).allSatisfy(one -> {
                assertThat(one.answer()).isEqualTo(WORKER_LATE);
                assertThat(one.took()).isBetween(LIMIT.minusMillis(100), LIMIT.plus(MARGIN));
            });
            checks.forEach(Runnable::run);
        }
    }

    /** Closes what was opened, the last one first. */
    private static final class Opened implements AutoCloseable {
        private final Deque<AutoCloseable> all = new ArrayDeque<>();

        <T extends AutoCloseable> T keep(T one) {
            all.push(one);
            return one;
        }

        @Override
        public void close() throws IOException {
            for (var one : all) {
                try {
                    one.close();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private static RunningApi.Setup setup(List<SlowProvider> providers) {
        Set<String> origins = providers.stream()
                .map(provider -> provider.address().toString())
                .collect(Collectors.toSet());
        return RunningApi.Setup.usual().allowing(origins);
    }

    private static Callable<Timed> call(Caller caller, String path, URI provider) {
        return () -> timed(caller, path, """
                    {"provider": "openai-compatible", "api_key": "sk-live-abcdefgh-wxyz", "model_name": "m-%d",
                     "base_url": "%s/v1"}""".formatted(provider.getPort(), provider));
    }

    private static Timed timed(Caller caller, String path, String json) {
        long begin = System.nanoTime();
        var answer = caller.post(path, json);
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
        var results = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : threads.invokeAll(calls)) {
                results.add(call.get());
            }
        }
        return results;
    }
}
