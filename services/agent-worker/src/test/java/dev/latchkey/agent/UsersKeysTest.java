package dev.latchkey.agent;

import static dev.latchkey.agent.Samples.ADA;
import static dev.latchkey.agent.Samples.BOB;
import static dev.latchkey.agent.Samples.CREDENTIAL;
import static dev.latchkey.agent.Samples.NOW;
import static dev.latchkey.agent.Samples.credential;
import static dev.latchkey.agent.Samples.deletedCredential;
import static dev.latchkey.agent.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.agent.answering.Answering;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.Cancellations;
import dev.latchkey.agent.answering.Provider;
import dev.latchkey.agent.answering.RunningCalls;
import dev.latchkey.agent.credentials.CredentialListener;
import dev.latchkey.agent.credentials.CredentialView;
import dev.latchkey.agent.credentials.KeyOpener;
import dev.latchkey.agent.credentials.Keys;
import dev.latchkey.agent.kafka.Inlet;
import dev.latchkey.agent.kafka.TopicFeed;
import dev.latchkey.agent.langchain4j.LangChainProvider;
import dev.latchkey.events.AgentResult;
import dev.latchkey.events.AgentTask;
import dev.latchkey.events.AnswerGiven;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.CredentialUnusable;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.CredentialRule;
import dev.latchkey.schemas.InMemoryFormat;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.FakeVault;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.standins.local.Listen;
import dev.latchkey.standins.providers.Delays;
import dev.latchkey.standins.providers.ProviderStandIn;
import dev.latchkey.testing.Broker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the topic of credentials and the topic of tasks to the call and its result, on a real broker. */
@SuppressWarnings("NullAway.Init")
final class UsersKeysTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final InMemoryFormat format = DoomedWorker.format();
    private final FakeVault vault = new FakeVault();
    private final CredentialView view = new CredentialView(clock);
    private final RunningCalls running = new RunningCalls();
    private final List<String> keysUsed = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private Broker broker;
    private KafkaSettings kafka;
    private Wiretap wiretap;
    private TopicFeed<CredentialChanged> feed;

    @BeforeEach
    void start() {
        broker = Broker.start(directory);
        broker.create(1, Topics.CREDENTIALS, Topics.AGENT_TASKS, Topics.AGENT_RESULTS, Topics.DEAD_LETTERS);
        kafka = DoomedWorker.kafka(broker.bootstrap());
        wiretap = new Wiretap(kafka, format);
        feed = TopicFeed.start(
                kafka,
                new TopicFeed.Source<>(
                        Topics.CREDENTIALS, new Inlet<>(format.reader(Topics.CREDENTIALS), CredentialRule::brokenBy)),
                CredentialListener.inOrder(view, running)::changed,
                clock);
    }

    @AfterEach
    void stop() {
        feed.close();
        wiretap.close();
        broker.close();
    }

    @Test
    void answersWithTheKeyThatTheTopicTellsOfWhateverElseIsOnIt() throws Exception {
        wiretap.putBytes(Topics.CREDENTIALS, "a", "no Avro".getBytes(StandardCharsets.UTF_8));
        wiretap.put(Topics.CREDENTIALS, "not its id", deletedCredential());
        put(credential().build());

        try (var _ = worker(vault, recording())) {
            put(task().build());

            assertThat(results(1)).containsExactly(new AnswerGiven("Well.", 1L, 1L, null));
            assertThat(keysUsed).containsExactly(Samples.KEY_TEXT);
        }
    }

    @Test
    void opensNoKeyThatWasSealedForAnotherUser() throws Exception {
        put(credential().setSealedKey(Samples.sealed(Samples.KEY_TEXT, BOB)).build());

        try (var _ = worker(vault, recording())) {
            put(task().build());

            assertThat(results(1))
                    .containsExactly(new CredentialUnusable("the sealed key does not open for this owner", false));
            assertThat(keysUsed).isEmpty();
        }
    }

    @Test
    void opensNoKeyThatWasSealedForAnotherCredential() throws Exception {
        var moved = UUID.randomUUID();
        put(credential().setCredentialId(moved).build());

        try (var _ = worker(vault, recording())) {
            put(task().setCredential(new dev.latchkey.events.CredentialVersion(moved, 3L))
                    .build());

            assertThat(results(1))
                    .containsExactly(new CredentialUnusable("the sealed key does not open for this owner", false));
            assertThat(keysUsed).isEmpty();
        }
    }

    @Test
    void makesNoCallWithAKeyThatWasDeletedBeforeTheTask() throws Exception {
        put(credential().build());
        put(deletedCredential());

        try (var _ = worker(vault, recording())) {
            put(task().build());

            assertThat(results(1)).containsExactly(new CredentialUnusable("the credential was deleted", true));
            assertThat(keysUsed).isEmpty();
        }
    }

    @Test
    void makesNoCallWithAKeyThatIsDeletedBetweenTheTaskAndTheCall() throws Exception {
        put(credential().build());
        Unsealer slow = (stored, owner) -> {
            var opened = vault.unseal(stored, owner);
            putUnchecked(deletedCredential());
            await().atMost(PATIENCE)
                    .until(() -> !view.now(CREDENTIAL).orElseThrow().getIsActive());
            return opened;
        };

        try (var _ = worker(slow, recording())) {
            put(task().build());

            assertThat(results(1)).containsExactly(new CredentialUnusable("the credential was deleted", true));
            assertThat(keysUsed).isEmpty();
        }
    }

    @Test
    void endsACallThatRunsOnADeletedCredential() throws Exception {
        put(credential().build());
        Provider hanging = call -> {
            keysUsed.add(call.key().reveal(String::valueOf));
            Thread.sleep(Duration.ofMinutes(10));
            return new CallOutcome.Unavailable("never");
        };

        try (var _ = worker(vault, hanging)) {
            put(task().build());
            await().atMost(PATIENCE).until(() -> !keysUsed.isEmpty());
            put(deletedCredential());

            assertThat(results(1))
                    .containsExactly(new CredentialUnusable("the credential was deleted while its call ran", true));
        }
    }

    /** The task is older than the rotation: what Vault refuses first is what the worker knew when it asked. */
    @Test
    void opensWhatWasSealedAnewWhileTheOldCiphertextWasStillTried() throws Exception {
        var old = credential().setSealedKey("fake:v1:of-an-old-version").build();
        put(old);
        Unsealer rotating = (stored, owner) -> {
            if (stored.ciphertext().equals(old.getSealedKey())) {
                putUnchecked(credential().setRevision(4).build());
            }
            return vault.unseal(stored, owner);
        };

        try (var _ = worker(rotating, recording())) {
            put(task().build());

            assertThat(results(1)).containsExactly(new AnswerGiven("Well.", 1L, 1L, null));
        }
    }

    @Test
    void showsNoKeyToAnybody() throws Exception {
        var errors = System.err;
        var log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var providers = ProviderStandIn.start(Listen.atAnyPort(), Delays.usual(), InstantSource.system());
                var endpoints = new Endpoints(
                        new ProviderUrls(providers.address(), providers.address(), providers.address()),
                        AllowedOrigins.none());
                var _ = worker(leaking(), new LangChainProvider(endpoints, clock))) {
            for (var kind : List.of("fine", "bad", "broken", "ratelimited", "unopened")) {
                for (var provider : List.of("openai", "google", "anthropic")) {
                    putTaskWithKey("sk-CANARY-" + kind + "-0123456789-wxyz", provider);
                }
            }
            wiretap.awaitBytes(Topics.AGENT_RESULTS, 12);
            wiretap.awaitBytes(Topics.DEAD_LETTERS, 3);
        } finally {
            System.setErr(errors);
        }

        assertThat(log.toString(StandardCharsets.UTF_8)).contains("Task failed").doesNotContain("CANARY");
        for (Topic<?> topic : List.of(Topics.AGENT_RESULTS, Topics.DEAD_LETTERS)) {
            assertThat(wiretap.awaitBytes(topic, 1))
                    .extracting(record -> new String(record.value(), StandardCharsets.ISO_8859_1))
                    .noneMatch(bytes -> bytes.contains("CANARY"));
        }
    }

    /** As broken as can be: what it throws quotes the key. */
    private Unsealer leaking() {
        return (stored, owner) -> {
            var opened = vault.unseal(stored, owner);
            if (opened instanceof dev.latchkey.sealing.Unsealed.Opened(var key)
                    && key.reveal(text -> text.contains("unopened"))) {
                throw key.reveal(text -> new IllegalStateException(text));
            }
            return opened;
        };
    }

    private Provider recording() {
        return call -> {
            keysUsed.add(call.key().reveal(String::valueOf));
            return CallOutcome.Answered.inWords("Well.", new CallOutcome.Tokens(1L, 1L), null);
        };
    }

    private Worker worker(Unsealer unsealer, Provider provider) {
        var opener = new KeyOpener(unsealer, use -> {}, UUID::randomUUID, clock);
        var keys = new Keys(view, opener, Keys.SystemKey.none(), new Keys.Waiting(clock, Duration.ofMillis(50), feed));
        var timing = new Answering.Timing(clock, Duration.ofSeconds(30));
        var calls = new Answering.Calls(provider, running, new Cancellations(clock, running));
        return Worker.start(kafka, format, new Answering(Samples.TEAM, keys, calls, timing), feed);
    }

    private void putTaskWithKey(String key, String provider) throws Exception {
        var id = UUID.randomUUID();
        var owner = new dev.latchkey.sealing.KeyOwner(ADA, id, new dev.latchkey.sealing.Destination(provider, null));
        put(credential()
                .setCredentialId(id)
                .setProvider(provider)
                .setSealedKey(
                        vault.seal(new dev.latchkey.sealing.ApiKey(key), owner).ciphertext())
                .build());
        put(task().setPromptId(UUID.randomUUID())
                .setProvider(provider)
                .setCredential(new dev.latchkey.events.CredentialVersion(id, 3L))
                .build());
    }

    private void put(CredentialChanged change) throws ExecutionException, InterruptedException {
        wiretap.put(Topics.CREDENTIALS, change.getCredentialId().toString(), change);
    }

    private void putUnchecked(CredentialChanged change) {
        try {
            put(change);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(AgentTask task) throws ExecutionException, InterruptedException {
        wiretap.put(Topics.AGENT_TASKS, task.getUserId().toString(), task);
    }

    private List<Object> results(int count) {
        return wiretap.await(Topics.AGENT_RESULTS, count).stream()
                .map(Wiretap.Published::event)
                .map(AgentResult::getOutcome)
                .toList();
    }
}
