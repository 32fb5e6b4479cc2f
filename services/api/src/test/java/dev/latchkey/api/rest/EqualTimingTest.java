package dev.latchkey.api.rest;

import static dev.latchkey.api.rest.Caller.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody learns from the time that a 404 takes whether somebody else has a credential of that id. There is nothing to
 * learn: one query asks for id and user together, and its answer is the same.
 *
 * <p>Both are asked about in turns, in pairs, so that a busy machine slows down both alike. Of two equal distributions the
 * first is slower in half of the pairs; of 300 pairs, a share outside of 0.35 to 0.65 comes once in ten million runs. Still a machine
 * may do something else for a while: what looks unequal is looked at longer, with all pairs so far, and has to go away.
 */
final class EqualTimingTest {
    private static final int PAIRS = 300;
    private static final int WARM_UP = 50;
    private static final int ROUNDS = 4;

    private static final Map<String, BiFunction<Caller, String, Answer>> CALLS = Map.of(
            "make default", (caller, id) -> caller.put(CREDENTIALS + "/" + id + "/default", ""),
            "rotate", (caller, id) -> caller.put(CREDENTIALS + "/" + id, "{\"model_name\": \"m\"}"),
            "delete", (caller, id) -> caller.delete(CREDENTIALS + "/" + id),
            "validate", (caller, id) -> caller.post(CREDENTIALS + "/validate", "{\"credential_id\": \"" + id + "\"}"));

    private record Pair(long foreign, long unknown) {}

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @TestFactory
    Stream<DynamicTest> takesAsLongForSomebodyElsesIdAsForAnUnknownOne() {
        var foreign = api.caller().register("openai", "sk-live-abcdefgh-wxyz").text("id");
        var ben = api.caller();

        return CALLS.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    var pairs = new ArrayList<Pair>();
                    for (int round = 0;
                            round < ROUNDS
                                    && (pairs.isEmpty() || !Times.of(pairs).areEqual());
                            round++) {
                        pairs.addAll(measured(id -> call.getValue().apply(ben, id), foreign));
                    }

                    var times = Times.of(pairs);
                    System.out.printf(
                            "404 of %s: somebody else's id slower in %.3f of %d pairs, ratio of medians %.3f%n",
                            call.getKey(), times.share(), pairs.size(), times.ratio());
                    assertThat(times.share()).isBetween(0.35, 0.65);
                    assertThat(times.ratio()).isBetween(0.8, 1.25);
                }));
    }

    /**
     * What all pairs together say.
     *
     * @param share of the pairs in which somebody else's id was slower
     * @param ratio of the medians
     */
    private record Times(double share, double ratio) {
        static Times of(List<Pair> pairs) {
            return new Times(EqualTimingTest.share(pairs), median(pairs, Pair::foreign) / median(pairs, Pair::unknown));
        }

        boolean areEqual() {
            return share >= 0.35 && share <= 0.65 && ratio >= 0.8 && ratio <= 1.25;
        }
    }

    private static List<Pair> measured(Function<String, Answer> call, String foreign) {
        var pairs = new ArrayList<Pair>();
        for (int i = -WARM_UP; i < PAIRS; i++) {
            var unknown = UUID.randomUUID().toString();
            var pair = i % 2 == 0 ? foreignFirst(call, foreign, unknown) : unknownFirst(call, foreign, unknown);
            if (i >= 0) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static Pair foreignFirst(Function<String, Answer> call, String foreign, String unknown) {
        long first = nanos(call, foreign);
        return new Pair(first, nanos(call, unknown));
    }

    private static Pair unknownFirst(Function<String, Answer> call, String foreign, String unknown) {
        long first = nanos(call, unknown);
        return new Pair(nanos(call, foreign), first);
    }

    private static long nanos(Function<String, Answer> call, String id) {
        long begin = System.nanoTime();
        var answer = call.apply(id);
        long end = System.nanoTime();
        assertThat(answer).isEqualTo(Answer.problem(404, "Not found", "you have no such credential"));
        return end - begin;
    }

    private static double share(List<Pair> pairs) {
        return (double) pairs.stream()
                        .filter(pair -> pair.foreign() > pair.unknown())
                        .count()
                / pairs.size();
    }

    private static double median(List<Pair> pairs, Function<Pair, Long> side) {
        long[] sorted = pairs.stream().mapToLong(side::apply).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
