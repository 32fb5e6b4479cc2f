package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.api.Postgres;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred threads make credentials of one user the default, while others look at the table and at the list all along. */
final class DefaultStormTest {
    private static final int THREADS = 100;
    private static final int CALLS_EACH = 3;
    private static final int LIST_READERS = 8;

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    private final Caller anna = api.caller();
    private final OwnOutbox outbox = api.outboxOf(anna);
    private final CountDownLatch over = new CountDownLatch(1);

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void hasExactlyOneDefaultAtEveryInstant() throws Exception {
        var ids = List.of(registered("a"), registered("b"), registered("c"), registered("d"));
        anna.put(CREDENTIALS + "/" + ids.getFirst() + "/default", "");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var looks = new ArrayList<Future<Map<Integer, Integer>>>();
            looks.add(threads.submit(() -> defaultsSeen(this::defaultsInTheTable)));
            for (int i = 0; i < LIST_READERS; i++) {
                looks.add(threads.submit(() -> defaultsSeen(this::defaultsInTheList)));
            }
            var statuses = storm(threads, ids);
            over.countDown();

            assertThat(statuses).hasSize(THREADS * CALLS_EACH).containsOnly(200);
            for (var look : looks) {
                assertThat(look.get().keySet())
                        .as("how many defaults were seen at a time")
                        .containsExactly(1);
                System.out.println("one default seen at each of " + look.get().get(1) + " looks");
            }
        }
        assertTableIsTheFoldOfTheEvents();
        assertHistoryHasNoGap();
    }

    private List<Integer> storm(ExecutorService threads, List<String> ids) throws Exception {
        var calls = new ArrayList<Callable<List<Integer>>>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            calls.add(() -> {
                var statuses = new ArrayList<Integer>();
                for (int call = 0; call < CALLS_EACH; call++) {
                    var id = ids.get((thread + call) % ids.size());
                    statuses.add(
                            anna.put(CREDENTIALS + "/" + id + "/default", "").status());
                }
                return statuses;
            });
        }
        var all = new ArrayList<Integer>();
        for (Future<List<Integer>> statuses : threads.invokeAll(calls)) {
            all.addAll(statuses.get());
        }
        return all;
    }

    /** How often how many defaults were seen, until the storm is over. */
    private Map<Integer, Integer> defaultsSeen(Supplier<Integer> look) {
        var seen = new ConcurrentHashMap<Integer, Integer>();
        do {
            seen.merge(look.get(), 1, Integer::sum);
        } while (over.getCount() > 0);
        return seen;
    }

    private int defaultsInTheTable() {
        return Postgres.count(
                api.database(), "user_llm_credentials WHERE is_default AND user_id = '" + anna.userId() + "'");
    }

    private int defaultsInTheList() {
        int defaults = 0;
        for (JsonNode credential : anna.get(CREDENTIALS).body()) {
            defaults += credential.path("is_default").asBoolean() ? 1 : 0;
        }
        return defaults;
    }

    /** Of every credential the newest event, and among those the one that was made default last. */
    private void assertTableIsTheFoldOfTheEvents() {
        var newest = new ConcurrentHashMap<Object, CredentialChanged>();
        outbox.credentials()
                .forEach(event -> newest.merge(
                        event.getCredentialId(), event, (a, b) -> a.getRevision() > b.getRevision() ? a : b));
        var chosen = newest.values().stream()
                .max(Comparator.comparingLong(CredentialChanged::getDefaultRevision))
                .orElseThrow();
        var folded = newest.values().stream()
                .map(event -> "(%s,%d,%d,%s)"
                        .formatted(
                                event.getCredentialId(),
                                event.getRevision(),
                                event.getDefaultRevision(),
                                event.equals(chosen) ? "t" : "f"))
                .toList();

        assertThat(Postgres.rows(
                        api.database(),
                        "SELECT id, revision, default_revision, is_default FROM user_llm_credentials WHERE user_id = '"
                                + anna.userId() + "'"))
                .containsExactlyInAnyOrderElementsOf(folded);
    }

    private void assertHistoryHasNoGap() {
        var history = outbox.history();

        assertThat(history)
                .extracting(CredentialAudited::getSequence)
                .isEqualTo(LongStream.rangeClosed(1, history.size()).boxed().toList());
        assertThat(history)
                .filteredOn(entry -> entry.getChange() == CredentialChange.MADE_DEFAULT)
                .hasSize(THREADS * CALLS_EACH + 1);
    }

    private String registered(String model) {
        return anna.post(CREDENTIALS, """
                {"provider": "openai", "api_key": "sk-live-abcdefgh-wxyz", "model_name": "%s"}""".formatted(model)).text("id");
    }
}
