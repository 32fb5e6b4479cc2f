package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.process.Output;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.PnlUpdated;
import dev.latchkey.events.PromptSubmitted;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import dev.latchkey.events.TradeReported;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.Topic;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.DataKey;
import dev.latchkey.sealing.SealedField;
import dev.latchkey.sealing.SealedPayload;
import dev.latchkey.sealing.Unwrapped;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sealed prompts and trades go through the whole pipeline, until their user is forgotten. */
@ExtendWith(OneStack.class)
final class ForgottenUsersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Written out nowhere else: in a topic it would be found as the bytes of a decimal. */
    private static final String QUANTITY = "1234567.891234567891234567";

    /** Its bytes, as text of one byte a character. */
    private static final String FIGURE =
            new String(new BigDecimal(QUANTITY).unscaledValue().toByteArray(), StandardCharsets.ISO_8859_1);

    private static final int ENOUGH_FOR_ALL_PARTITIONS = 20;
    private static final String PRICE = "0.000023456789123457";
    private static final String QUESTION = "What about the secret-" + UUID.randomUUID() + "?";

    @Test
    void nobodyReadsAnythingSealedOfAUserWhoWasForgotten(Stack stack, @TempDir Path directory) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var runs = new Runs(stack);
                var publisher = new Publisher(stack.kafka())) {
            var ada = SealingUser.withKey(stack, "sk-forgotten-0001");
            var bob = SealingUser.withKey(stack, "sk-remembered-0001");
            askAndTrade(ada, QUANTITY, runs, publisher);
            askAndTrade(bob, "3", runs, publisher);
            assertThat(findings(stack, QUESTION)).isEmpty();
            assertThat(findings(stack, FIGURE)).isNotEmpty().noneMatch(place -> place.startsWith("trades"));
            assertThat(openable(stack, ada)).hasSize(3);

            var figures = directory.resolve("figures.json");
            var command = stack.users(List.of("forget", ada.id().toString(), "--json", figures.toString()));
            var forgetting = threads.submit(() -> Output.of(command));
            // True at once, while the command still waits for the minute that workers may remember a key.
            await().atMost(PATIENCE).untilAsserted(() -> assertGone(stack, ada));
            assertFiguresAreGoneOnceLogsAreCompacted(stack, publisher);
            assertUntouched(stack, bob, runs, publisher);
            assertRefused(stack, ada, runs, publisher);
            var forgotten = forgetting.get();

            assertThat(forgotten.lines())
                    .contains(
                            "Forgot " + ada.id() + ": data key destroyed, 1 credentials deleted.",
                            "Nothing that " + ada.id() + " has sealed can be opened any more.");
            assertThat(forgotten.status()).isZero();
            assertThat(figure(figures, "not yet true")).isZero();
            assertThat(openable(stack, ada)).isEmpty();
            assertThat(findings(stack, QUESTION)).isEmpty();
            assertGone(stack, ada);
            assertChainStillVerifies(stack, ada.id());
        }
    }

    @Test
    void aPromptInFlightEndsWhenItsUserIsForgotten(Stack stack) {
        try (var runs = new Runs(stack);
                var publisher = new Publisher(stack.kafka())) {
            var ada = SealingUser.withKey(stack, "sk-later-hang-" + UUID.randomUUID());
            var prompt = ada.prompt(QUESTION);
            publisher.publish(Topics.PROMPTS, ada.id().toString(), prompt);
            Eventually.ask(
                    () -> ada.user()
                            .api()
                            .get(ApiClient.PROMPTS + "/" + prompt.getPromptId())
                            .text("status"),
                    "running"::equals);

            var forgotten = Output.of(stack.users(List.of("forget", ada.id().toString(), "--no-wait")));

            assertThat(forgotten.status()).isZero();
            assertThat(runs.finalOf(prompt.getPromptId()).getStatus()).isIn(RunStatus.REFUSED, RunStatus.FAILED);
        }
    }

    private static void askAndTrade(SealingUser user, String quantity, Runs runs, Publisher publisher) {
        var prompt = user.prompt(QUESTION);
        publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);
        publisher.publish(Topics.TRADES, user.id().toString(), user.sealed(Upstream.buy(user.id(), quantity, PRICE)));

        var run = runs.finalOf(prompt.getPromptId());
        assertThat(run.getStatus()).isEqualTo(RunStatus.ANSWERED);
        assertThat(run.getAnswer()).isNull();
        assertThat(user.answer(run)).isEqualTo("This is openai gpt-4o-mini. You asked: " + QUESTION);
        var position = Eventually.ask(() -> positions(user), found -> found.size() == 2);
        assertThat(quantity(position.get(0))).isEqualByComparingTo(quantity);
    }

    private static JsonNode positions(SealingUser user) {
        return user.user().api().get(ApiClient.PNL + "/positions").body().path("positions");
    }

    /** What whoever has the transit and all topics and tables can open: everything sealed, with every wrapped key left. */
    private static List<String> openable(Stack stack, SealingUser user) throws SQLException {
        var keys = new ArrayList<DataKey>();
        for (var wrapped : wrappedKeysLeft(stack, user.id())) {
            if (SealingUser.opener(stack).unwrap(SealingUser.wrapped(wrapped), user.id())
                    instanceof Unwrapped.Opened(var key)) {
                keys.add(key);
            }
        }
        var opened = new ArrayList<String>();
        for (var key : keys) {
            sealedFields(stack, user.id())
                    .forEach((field, bytes) -> opens(bytes, key, field).ifPresent(opened::add));
        }
        return opened;
    }

    private static Set<String> wrappedKeysLeft(Stack stack, UUID user) throws SQLException {
        var left = new HashSet<>(new Keepers(stack)
                .column("SELECT wrapped_key FROM user_data_keys" + " WHERE user_id = '" + user
                        + "' AND wrapped_key IS NOT NULL"));
        for (var change : all(stack, Topics.DATA_KEYS)) {
            if (change.getUserId().equals(user) && change.getWrappedKey() != null) {
                left.add(change.getWrappedKey());
            }
        }
        return left;
    }

    private static Map<SealedField, ByteBuffer> sealedFields(Stack stack, UUID user) {
        var fields = new HashMap<SealedField, ByteBuffer>();
        for (PromptSubmitted prompt : all(stack, Topics.PROMPTS)) {
            put(fields, user, prompt.getPromptId(), SealedField.Name.PROMPT_MESSAGES, prompt.getSealedMessages());
        }
        for (AgentRun run : all(stack, Topics.AGENT_RUNS)) {
            put(fields, user, run.getPromptId(), SealedField.Name.PROMPT_ANSWER, run.getSealedAnswer());
        }
        for (TradeReported trade : all(stack, Topics.TRADES)) {
            put(fields, user, trade.getEventId(), SealedField.Name.TRADE_FILL, trade.getSealedFill());
        }
        assertThat(fields).isNotEmpty();
        return fields;
    }

    /** Also what is somebody else's: it does not open. */
    private static void put(
            Map<SealedField, ByteBuffer> fields,
            UUID user,
            UUID event,
            SealedField.Name name,
            @Nullable ByteBuffer sealed) {
        if (sealed != null) {
            fields.put(new SealedField(user, event, name), sealed);
        }
    }

    private static Optional<String> opens(ByteBuffer sealed, DataKey key, SealedField field) {
        return SealedPayload.parse(sealed)
                .flatMap(payload -> payload.open(key, field))
                .map(_ -> field.toString());
    }

    private static void assertGone(Stack stack, SealingUser user) {
        assertThat(positions(user)).isEmpty();
        assertThat(user.user().api().get(ApiClient.PNL).body().path("currencies"))
                .isEmpty();
        assertThat(user.user().api().get(ApiClient.CREDENTIALS).status()).isEqualTo(410);
        assertThat(user.user().api().get("/api/v1/users/me/data-key").status()).isEqualTo(410);
        try (var pnl = new TopicTail<PnlUpdated>(stack.kafka(), Topics.PNL)) {
            var newest = new HashMap<String, Boolean>();
            pnl.all().stream()
                    .filter(seen -> seen.key().startsWith(user.id().toString()))
                    .forEach(seen -> newest.put(seen.key(), seen.bytes() == null));
            assertThat(newest).hasSize(3).doesNotContainValue(false);
        }
    }

    private static void assertChainStillVerifies(Stack stack, UUID user) {
        var replay = Output.of(stack.audit(List.of("replay", "--user", user.toString())));

        assertThat(replay.lines()).anyMatch(line -> line.contains("forgotten"));
        assertThat(replay.status()).isZero();
        assertThat(Output.of(stack.audit(List.of("verify", "--user", user.toString())))
                        .lines())
                .last()
                .asString()
                .endsWith("each is as it was written, and follows the one before it");
        assertThat(Output.of(stack.audit(List.of("verify"))).status()).isZero();
    }

    /** Also after a restart: the table of data keys is made again from its topic. */
    private static void assertUntouched(Stack stack, SealingUser user, Runs runs, Publisher publisher)
            throws SQLException {
        assertThat(positions(user)).hasSize(2);
        assertThat(openable(stack, user)).hasSize(3);
        stack.kill(Stack.Program.PNL_WORKER);
        stack.start(Stack.Program.PNL_WORKER);
        var prompt = user.prompt(QUESTION);
        publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);
        publisher.publish(Topics.TRADES, user.id().toString(), user.sealed(Upstream.buy(user.id(), "4", PRICE)));
        assertThat(runs.finalOf(prompt.getPromptId()).getStatus()).isEqualTo(RunStatus.ANSWERED);
        var position = Eventually.ask(
                () -> positions(user),
                found -> found.size() == 2 && quantity(found.get(0)).intValue() == 7);
        assertThat(quantity(position.get(0))).isEqualByComparingTo("7");
    }

    private static BigDecimal quantity(JsonNode position) {
        return new BigDecimal(position.path("position_qty").asText());
    }

    /**
     * The PnL of a sealed trade is plain. What tombstones cover goes with the compaction of pnl and of the worker's
     * changelogs, which comes within an hour of the next write; here it comes at once, and others write.
     */
    private static void assertFiguresAreGoneOnceLogsAreCompacted(Stack stack, Publisher publisher) {
        try (var _ = PromptCompaction.of(stack, name -> name.equals("pnl") || name.endsWith("-changelog"))) {
            await().atMost(PATIENCE.multipliedBy(2))
                    .pollInterval(Duration.ofSeconds(3))
                    .untilAsserted(() -> {
                        for (int i = 0; i < ENOUGH_FOR_ALL_PARTITIONS; i++) {
                            var other = UUID.randomUUID();
                            publisher.publish(Topics.TRADES, other.toString(), Upstream.buy(other, "1", "1"));
                        }
                        assertThat(findings(stack, FIGURE)).isEmpty();
                    });
        }
    }

    /** Upstream does not know yet, and goes on as before. */
    private static void assertRefused(Stack stack, SealingUser user, Runs runs, Publisher publisher) {
        var prompt = user.prompt(QUESTION);
        publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);
        publisher.publish(Topics.TRADES, user.id().toString(), user.sealed(Upstream.buy(user.id(), QUANTITY, PRICE)));

        var run = runs.finalOf(prompt.getPromptId());
        assertThat(run.getStatus()).isEqualTo(RunStatus.REFUSED);
        assertThat(run.getReason()).isEqualTo(RunReason.NO_DEFAULT_MODEL);
        await().atMost(PATIENCE).until(() -> droppedTrades(stack) >= 1);
        assertThat(positions(user)).isEmpty();
    }

    private static double droppedTrades(Stack stack) throws IOException {
        return new Keepers(stack).meter(Listener.PNL_WORKER, "latchkey_trades_of_forgotten_total");
    }

    private static List<String> findings(Stack stack, String plaintext) throws IOException, SQLException {
        var canary = new Canary("the plaintext", plaintext);
        return Search.findings(new Keepers(stack).all(), List.of(canary));
    }

    private static <V extends SpecificRecord> List<V> all(Stack stack, Topic<V> topic) {
        try (var tail = new TopicTail<>(stack.kafka(), topic)) {
            return tail.all().stream()
                    .map(TopicTail.Seen::event)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    private static int figure(Path file, String name) throws IOException {
        for (var figure : Json.MAPPER.readTree(file.toFile())) {
            if (figure.path("name").asText().equals(name)) {
                return figure.path("value").asInt();
            }
        }
        throw new AssertionError("no figure " + name);
    }
}
