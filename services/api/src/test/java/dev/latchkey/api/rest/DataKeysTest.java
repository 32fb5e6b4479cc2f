package dev.latchkey.api.rest;

import static dev.latchkey.api.Samples.CLERK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.store.Forgetting;
import dev.latchkey.sealing.Unwrapped;
import dev.latchkey.sealing.WrappedKey;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataKeysTest {
    private static final String PATH = "/api/v1/users/me/data-key";

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

    @Test
    void makesAKeyOnceAndFindsItFromThenOn() {
        var caller = api.caller();

        var before = caller.get(PATH);
        var made = caller.put(PATH, "{}");
        var again = caller.put(PATH, "{}");

        assertThat(before.status()).isEqualTo(404);
        assertThat(made.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body())
                .isEqualTo(made.body())
                .isEqualTo(caller.get(PATH).body());
    }

    @Test
    void givesOutAKeyThatOpensForItsUserOnly() {
        var caller = api.caller();

        var answer = caller.put(PATH, "{}");

        var wrapped = new WrappedKey(answer.text("wrapped_key"), answer.text("encryption_key_id"));
        assertThat(api.vault().unwrap(wrapped, caller.userId())).isInstanceOf(Unwrapped.Opened.class);
        assertThat(api.vault().unwrap(wrapped, UUID.randomUUID())).isInstanceOf(Unwrapped.Refused.class);
    }

    @Test
    void storesNothingWhileVaultIsAway() {
        var caller = api.caller();
        api.vault().goAway();

        var answer = caller.put(PATH, "{}");
        api.vault().comeBack();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(caller.get(PATH).status()).isEqualTo(404);
    }

    @Test
    void answersAForgottenUserThatAllIsGone() {
        var caller = api.caller();
        caller.put(PATH, "{}");
        caller.register("openai", "sk-forgotten-0001");

        new Forgetting(api.database(), CLERK).forget(Act.ofOperator(caller.userId(), "request-1"));

        assertThat(caller.get(PATH).status()).isEqualTo(410);
        assertThat(caller.put(PATH, "{}").status()).isEqualTo(410);
        assertThat(caller.register("openai", "sk-forgotten-0002").status()).isEqualTo(410);
        assertThat(caller.post("/api/v1/users/me/prompts", "{\"prompt\": \"Am I here?\"}")
                        .status())
                .isEqualTo(410);
        assertThat(caller.get(Caller.CREDENTIALS).status()).isEqualTo(410);
    }
}
