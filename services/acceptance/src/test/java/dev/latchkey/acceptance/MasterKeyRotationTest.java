package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.embedded.parts.Postgres;
import dev.latchkey.embedded.process.Output;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.RunStatus;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.Destination;
import dev.latchkey.sealing.KeyOwner;
import dev.latchkey.sealing.SealedKey;
import dev.latchkey.sealing.Unsealed;
import dev.latchkey.sealing.Unsealer;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.vault.VaultLogin;
import dev.latchkey.sealing.vault.VaultSession;
import dev.latchkey.sealing.vault.VaultSettings;
import dev.latchkey.sealing.vault.VaultUnsealer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The master key is rotated under a running system, and nobody notices. */
@ExtendWith(OneStack.class)
final class MasterKeyRotationTest {
    private static final int USERS = 4;
    private static final int SEALING_USERS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void everyPromptIsAnsweredMeanwhileAndWhatIsOldOpensNoMore(Stack stack) throws Exception {
        var users = IntStream.range(0, USERS)
                .mapToObj(i -> User.withKey(stack, "sk-of-a-rotating-user-000" + i))
                .toList();
        var sealing = IntStream.range(0, SEALING_USERS)
                .mapToObj(i -> SealingUser.withKey(stack, "sk-of-a-sealing-user-000" + i))
                .toList();
        var old = table(stack);
        var oldDataKeys = dataKeyTable(stack);

        List<UUID> prompts;
        try (var crowd = Crowd.asking(stack, users, sealing)) {
            for (int round = 0; round < 2; round++) {
                awaitMore(crowd, sealing);
                keys(stack, "rotate");
                awaitMore(crowd, sealing);
                keys(stack, "rewrap");
                awaitMore(crowd, sealing);
            }
            prompts = crowd.stop();
            for (var user : sealing) {
                assertBooked(user, crowd.sealedBy(user));
            }
        }

        try (var runs = new Runs(stack)) {
            assertThat(prompts)
                    .allSatisfy(prompt ->
                            assertThat(runs.finalOf(prompt).getStatus()).isEqualTo(RunStatus.ANSWERED));
        }
        assertThat(table(stack).values())
                .extracting(Sealed::ciphertext)
                .extracting(SealedKey::versionOf)
                .containsOnly(newestVersion(stack, "latchkey"));
        assertThat(topic(stack)).isEqualTo(table(stack));
        var unsealer = worker(stack);
        assertThat(old.values())
                .allSatisfy(key -> assertThat(key.openedBy(unsealer)).isInstanceOf(Unsealed.Refused.class));
        assertThat(table(stack).values())
                .allSatisfy(key -> assertThat(key.openedBy(unsealer)).isInstanceOf(Unsealed.Opened.class));
        assertDataKeysAreWrappedAnew(stack, oldDataKeys);
    }

    private static void assertDataKeysAreWrappedAnew(Stack stack, Map<UUID, String> old) throws Exception {
        var opener = SealingUser.opener(stack);
        var now = dataKeyTable(stack);
        assertThat(now.keySet()).isEqualTo(old.keySet()).hasSizeGreaterThanOrEqualTo(SEALING_USERS);
        assertThat(now.values()).extracting(SealedKey::versionOf).containsOnly(newestVersion(stack, "latchkey-data"));
        assertThat(dataKeyTopic(stack)).isEqualTo(now);
        assertThat(old)
                .allSatisfy((user, wrapped) -> assertThat(opener.unwrap(SealingUser.wrapped(wrapped), user))
                        .isInstanceOf(Unwrapped.Refused.class));
        assertThat(now)
                .allSatisfy((user, wrapped) -> assertThat(opener.unwrap(SealingUser.wrapped(wrapped), user))
                        .isInstanceOf(Unwrapped.Opened.class));
    }

    /** Every sealed trade was opened, and once. */
    private static void assertBooked(SealingUser user, int trades) {
        var quantity = Eventually.ask(
                () -> user.user()
                        .api()
                        .get(ApiClient.PNL + "/positions")
                        .body()
                        .at("/positions/0/position_qty")
                        .asText("0"),
                found -> new BigDecimal(found).intValue() == trades);
        assertThat(new BigDecimal(quantity)).isEqualByComparingTo(String.valueOf(trades));
    }

    /** A sealed key of an active credential. */
    private record Sealed(KeyOwner owner, String ciphertext) {
        Unsealed openedBy(Unsealer unsealer) {
            return unsealer.unseal(new SealedKey(ciphertext, "latchkey"), owner);
        }
    }

    /** Some more were asked for everybody, and the keys of all were looked at once more. */
    private static void awaitMore(Crowd crowd, List<SealingUser> sealing) {
        int before = crowd.asked();
        var sealed = sealing.stream().map(crowd::sealedBy).toList();
        await().atMost(PATIENCE)
                .until(() -> crowd.asked() >= before + 2 * USERS
                        && IntStream.range(0, SEALING_USERS)
                                .allMatch(i -> crowd.sealedBy(sealing.get(i)) > sealed.get(i)));
    }

    private static void keys(Stack stack, String command) {
        var output = Output.of(stack.keys(List.of(command)));
        assertThat(output.status()).as(String.join("\n", output.lines())).isZero();
    }

    private static int newestVersion(Stack stack, String key) throws IOException {
        return transit(stack).at("/keys/" + key + "/versions").size();
    }

    /** What the dev transit keeps, tokens included. */
    private static JsonNode transit(Stack stack) throws IOException {
        return Json.MAPPER.readTree(Files.readAllBytes(stack.data().resolve("stand-ins/transit.json")));
    }

    private static Unsealer worker(Stack stack) throws IOException {
        var login =
                new VaultLogin.FixedToken(transit(stack).at("/tokens/WORKER").asText());
        return new VaultUnsealer(VaultSession.open(new VaultSettings(stack.transit(), login, "latchkey")));
    }

    private static Map<UUID, Sealed> table(Stack stack) throws SQLException {
        var url = Postgres.url(stack.ports().of(Listener.POSTGRES), "latchkey");
        var keys = new HashMap<UUID, Sealed>();
        try (var connection = DriverManager.getConnection(url, Postgres.USER, Postgres.PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT id, user_id, encrypted_api_key, provider, base_url FROM user_llm_credentials"
                                + " WHERE is_active")) {
            while (rows.next()) {
                var id = rows.getObject(1, UUID.class);
                var destination = new Destination(rows.getString(4), rows.getString(5));
                keys.put(
                        id,
                        new Sealed(new KeyOwner(rows.getObject(2, UUID.class), id, destination), rows.getString(3)));
            }
        }
        return keys;
    }

    /** Wrapped data keys by their users. */
    private static Map<UUID, String> dataKeyTable(Stack stack) throws SQLException {
        var rows = new Keepers(stack)
                .column("SELECT user_id || ' ' || wrapped_key FROM user_data_keys WHERE wrapped_key IS NOT NULL");
        var keys = new HashMap<UUID, String>();
        rows.stream().map(row -> row.split(" ", -1)).forEach(row -> keys.put(UUID.fromString(row[0]), row[1]));
        return keys;
    }

    private static Map<UUID, String> dataKeyTopic(Stack stack) {
        var keys = new HashMap<UUID, String>();
        try (var tail = new TopicTail<>(stack.kafka(), Topics.DATA_KEYS)) {
            for (var seen : tail.all()) {
                seen.found().ifPresent(change -> keys.put(change.getUserId(), change.getWrappedKey()));
            }
        }
        keys.values().removeIf(Objects::isNull);
        return keys;
    }

    /** Other tests have put there what is no event. */
    private static Map<UUID, Sealed> topic(Stack stack) {
        var newest = new HashMap<UUID, CredentialChanged>();
        try (var tail = new TopicTail<>(stack.kafka(), Topics.CREDENTIALS)) {
            tail.all().stream()
                    .flatMap(seen -> seen.found().stream())
                    .forEach(change -> newest.merge(change.getCredentialId(), change, MasterKeyRotationTest::newer));
        }
        var keys = new HashMap<UUID, Sealed>();
        newest.forEach((id, change) -> {
            if (change.getIsActive()) {
                keys.put(
                        id,
                        new Sealed(
                                new KeyOwner(
                                        change.getUserId(),
                                        id,
                                        new Destination(change.getProvider(), change.getBaseUrl())),
                                change.getSealedKey()));
            }
        });
        return keys;
    }

    private static CredentialChanged newer(CredentialChanged one, CredentialChanged other) {
        return other.getRevision() > one.getRevision() ? other : one;
    }
}
