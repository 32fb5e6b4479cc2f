package dev.latchkey.router.topology;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.RunStatus;
import dev.latchkey.router.runs.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private final Schedule schedule = new Schedule(store());

    @Test
    void namesTheDueRunsInTheOrderOfTheirTimes() {
        schedule.add(run("late", NOW.plusSeconds(3)));
        schedule.add(run("second", NOW.plusMillis(1)));
        schedule.add(run("first", NOW));

        assertThat(schedule.due(NOW.plusMillis(1), 10))
                .containsExactly(run("first", NOW).id(), run("second", NOW).id());
    }

    @Test
    void goesOnWhereItStopped() {
        schedule.add(run("first", NOW));
        schedule.add(run("second", NOW.plusMillis(1)));
        var first = schedule.due(NOW.plusSeconds(1), 1);
        schedule.remove(run("first", NOW));

        var rest = schedule.due(NOW.plusSeconds(1), 10);

        assertThat(first).containsExactly(run("first", NOW).id());
        assertThat(rest).containsExactly(run("second", NOW).id());
    }

    @Test
    void doesNotNameARunThatWasRemoved() {
        schedule.add(run("first", NOW));
        schedule.remove(run("first", NOW));

        assertThat(schedule.due(NOW.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void losesNothingWhenTheClockGoesBack() {
        assertThat(schedule.due(NOW.plusSeconds(60), 10)).isEmpty();
        schedule.add(run("before", NOW.plusSeconds(10)));

        assertThat(schedule.due(NOW.plusSeconds(10), 10))
                .containsExactly(run("before", NOW).id());
    }

    private static Run run(String name, Instant dueAt) {
        return new Run.Ended(
                new AgentRun(
                        id(name),
                        ANNA,
                        "analyst",
                        RunStatus.FAILED,
                        null,
                        null,
                        null,
                        null,
                        NOW,
                        NOW,
                        null,
                        null,
                        0,
                        0,
                        List.of()),
                dueAt,
                Optional.empty());
    }

    private static KeyValueStore<String, String> store() {
        var store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(RouterStores.SCHEDULE), Serdes.String(), Serdes.String())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        return store;
    }
}
