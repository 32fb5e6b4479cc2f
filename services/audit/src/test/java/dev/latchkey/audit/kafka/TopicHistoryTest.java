package dev.latchkey.audit.kafka;

import static dev.latchkey.audit.Changes.ADA;
import static dev.latchkey.audit.Changes.FIRST;
import static dev.latchkey.audit.Changes.refusedTrial;
import static dev.latchkey.audit.Changes.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.audit.history.Entry;
import dev.latchkey.audit.history.History;
import dev.latchkey.audit.history.HistoryUnavailable;
import dev.latchkey.audit.history.Place;
import dev.latchkey.audit.history.Recording;
import dev.latchkey.audit.history.Scope;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topics;
import dev.latchkey.testing.Broker;
import dev.latchkey.testing.TestProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopicHistoryTest {
    private static final int PARTITIONS = 4;

    private Broker broker;
    private Scribe scribe;

    @BeforeEach
    void startBroker(@TempDir Path directory) {
        broker = Broker.start(directory);
        broker.create(PARTITIONS, Topics.CREDENTIAL_AUDIT);
        scribe = new Scribe(broker.bootstrap());
    }

    @AfterEach
    void stopBroker() {
        scribe.close();
        broker.close();
    }

    @Test
    void foldsFiftyThousandChangesToTheExactState() {
        scribe.commit(ManyChanges.all());

        var told = Recording.of(Scope.everything(), history());

        assertThat(told.findings()).isEmpty();
        assertThat(told.changes()).hasSize(ManyChanges.USERS * ManyChanges.CHANGES_EACH);
        assertThat(told.holdings()).isEqualTo(ManyChanges.left());
    }

    /** The changes alone, kept as objects, would take more memory than this replay gets for everything. */
    @Test
    void keepsNoListOfTheChanges() throws IOException, InterruptedException {
        scribe.commit(ManyChanges.all());

        assertThat(replayedIn("-Xmx32m"))
                .isEqualTo("Tally[changes=50000, later=0, users=500, credentials=1000, findings=0]");
    }

    @Test
    void seesNothingThatWasNotCommitted() {
        scribe.commit(Stream.of(refusedTrial(ADA, 1)));
        scribe.abort(Stream.of(registered(ADA, 2, FIRST)));

        assertThat(Recording.of(Scope.everything(), history()).changes()).containsExactly(refusedTrial(ADA, 1));
    }

    @Test
    void endsWhereTheHistoryEndedWhenItBegan() {
        scribe.commit(Stream.of(refusedTrial(ADA, 1), refusedTrial(ADA, 2)));
        var told = new ArrayList<Entry>();

        history().tell(entry -> {
            scribe.commit(Stream.of(refusedTrial(ADA, 3 + told.size())));
            told.add(entry);
        });

        assertThat(told).hasSize(2);
    }

    @Test
    void handsOverWhatIsNoChange() {
        scribe.commitBytes(0, "no event".getBytes(StandardCharsets.UTF_8));
        scribe.commitBytes(3, null);

        assertThat(told())
                .containsExactlyInAnyOrder(
                        new Entry.Unreadable(new Place(0, 0), "a value starts with byte 0, this one with 110"),
                        new Entry.Unreadable(new Place(3, 0), "the value is null"));
    }

    @Test
    void tellsOfAnEmptyHistory() {
        assertThat(told()).isEmpty();
    }

    @Test
    void saysWhoDoesNotAnswer() {
        var nobody = new TopicHistory(Map.of("bootstrap.servers", "localhost:1"), new InMemoryFormat());

        assertThatThrownBy(() -> nobody.tell(entry -> {}))
                .isInstanceOf(HistoryUnavailable.class)
                .hasMessage("credential-audit can not be read from Kafka at localhost:1");
    }

    @Test
    void givesUpOnABrokerThatGoesAway() {
        scribe.commit(ManyChanges.all());

        assertThatThrownBy(() -> history().tell(this::stopBrokerAtTheFirst)).isInstanceOf(HistoryUnavailable.class);
    }

    private List<Entry> told() {
        var told = new ArrayList<Entry>();
        history().tell(told::add);
        return told;
    }

    private History history() {
        return new TopicHistory(Map.of("bootstrap.servers", broker.bootstrap()), new InMemoryFormat());
    }

    private void stopBrokerAtTheFirst(Entry entry) {
        if (entry.place().offset() == 0) {
            broker.close();
        }
    }

    private String replayedIn(String heap) throws IOException, InterruptedException {
        var child = TestProgram.java(List.of(heap), SmallReplay.class, broker.bootstrap())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return printed.strip();
    }
}
