package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.MORNING;
import static dev.latchkey.api.Samples.act;
import static dev.latchkey.api.Samples.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.runtime.UuidSource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class ReplyStoreTest {
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());
    private static final Reply CREATED = new Reply(201, "application/json", "/there", "{\"n\": 1}");
    private static final RequestCodes CODES = new RequestCodes(new byte[] {7});

    private Instant now = MORNING;
    private final Clerk clerk = new Clerk(new UuidSource(() -> now, new SecureRandom()), () -> now);
    private final ReplyStore replies = new ReplyStore(DATABASE, clerk, CODES);
    private final CredentialStore credentials = new CredentialStore(DATABASE, clerk);
    private final Act act = act();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void saysAgainWhatWasSaid() {
        mine(request("k", "{}")).close(CREATED);

        assertThat(replies.claim(request("k", "{}"))).isEqualTo(new Claim.Done(CREATED));
        assertThat(anotherInstance(CODES).claim(request("k", "{}"))).isEqualTo(new Claim.Done(CREATED));
    }

    @Test
    void knowsThatARequestIsBeingDone() {
        mine(request("k", "{}"));

        assertThat(replies.claim(request("k", "{}"))).isEqualTo(new Claim.Underway());
    }

    @Test
    void refusesAKeyForAnotherRequest() {
        var first = mine(request("k", "{}"));
        assertThat(replies.claim(request("k", "{} "))).isEqualTo(new Claim.Another());

        first.close(CREATED);

        assertThat(replies.claim(request("k", "{} "))).isEqualTo(new Claim.Another());
    }

    @Test
    void keepsUsersPathsAndKeysApart() {
        mine(request("k", "{}")).close(CREATED);

        mine(new KeyedRequest(UUID.randomUUID(), "/a", "k", bytes("{}")));
        mine(new KeyedRequest(act.userId(), "/b", "k", bytes("{}")));
        mine(request("other", "{}"));
    }

    @Test
    void letsARequestOfWhichNothingCameBeDoneAnew() {
        mine(request("k", "{}")).close(new Reply(503, "application/problem+json", null, "{}"));
        mine(request("k", "{}")).close(new Reply(429, "application/problem+json", null, "{}"));
        mine(request("k", "{}")).release();

        mine(request("k", "{\"another\": 1}"));
    }

    @Test
    void forgetsAfterADay() {
        mine(request("k", "{}")).close(CREATED);

        now = MORNING.plus(Duration.ofHours(24).minusNanos(1_000));
        assertThat(replies.claim(request("k", "{}"))).isEqualTo(new Claim.Done(CREATED));
        now = MORNING.plus(Duration.ofHours(24));
        replies.claim(request("other", "{}"));
        assertThat(Postgres.count(DATABASE, "remembered_replies WHERE user_id = '" + act.userId() + "'"))
                .isOne();
        mine(request("k", "{\"another\": 1}"));
    }

    @Test
    void takesOverFromOneThatDied() {
        mine(request("k", "{}"));

        now = MORNING.plusSeconds(60).minusNanos(1_000);
        assertThat(replies.claim(request("k", "{}"))).isEqualTo(new Claim.Underway());
        now = MORNING.plusSeconds(60);
        mine(request("k", "{}")).close(CREATED);

        assertThat(replies.claim(request("k", "{}"))).isEqualTo(new Claim.Done(CREATED));
    }

    @Test
    void undoesTheChangeOfOneThatWasTakenForDead() {
        var slow = mine(request("k", "{}"));
        now = MORNING.plusSeconds(60);
        var second = mine(request("k", "{}"));

        assertThatExceptionOfType(TicketLost.class)
                .isThrownBy(() ->
                        credentials.register(act, registration("gpt-5"), (sql, credential) -> slow.keep(sql, CREATED)));
        credentials.register(act, registration("gpt-5"), (sql, credential) -> second.keep(sql, CREATED));

        assertThat(credentials.read(act)).hasSize(1);
        assertThat(replies.claim(request("k", "{}"))).isEqualTo(new Claim.Done(CREATED));
    }

    @Test
    void keepsTheReplyExactlyIfTheChangeIsKept() {
        var ticket = mine(request("k", "{}"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> credentials.register(act, registration("gpt-5"), (sql, credential) -> {
                    ticket.keep(sql, CREATED);
                    throw new IllegalStateException("the process dies before the commit");
                }));
        ticket.release();

        assertThat(replies.claim(request("k", "{}"))).isEqualTo(new Claim.Underway());
        assertThat(credentials.read(act)).isEmpty();
    }

    @Test
    void tellsOneOfManyEqualRequestsToDoIt() throws Exception {
        var calls = new ArrayList<Callable<Claim>>();
        for (int i = 0; i < 40; i++) {
            calls.add(() -> replies.claim(request("k", "{}")));
        }
        var claims = new ArrayList<Claim>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : threads.invokeAll(calls)) {
                claims.add(call.get());
            }
        }

        assertThat(claims).filteredOn(Claim.Mine.class::isInstance).hasSize(1);
        assertThat(claims).filteredOn(new Claim.Underway()::equals).hasSize(39);
    }

    @Test
    void keepsNothingOfWhatWasAskedForButCodesThatNeedASecret() {
        mine(request("sk-in-the-header-0001", "{\"api_key\": \"sk-in-the-body-0002\"}"))
                .close(CREATED);

        var row = Postgres.rows(DATABASE, "SELECT * FROM remembered_replies WHERE user_id = '" + act.userId() + "'")
                .getFirst();
        assertThat(row)
                .doesNotContain("sk-in", hex("sk-in-the-header-0001"), hex("sk-in-the-body-0002"))
                .contains("/there");
        anotherSecret(request("sk-in-the-header-0001", "{\"api_key\": \"sk-in-the-body-0002\"}"));
        assertThat(request("sk-1", "sk-2")).hasToString("KeyedRequest[userId=" + act.userId() + ", path=/a]");
    }

    /** With another secret nothing is recognised, for nothing can be computed from the request alone. */
    private void anotherSecret(KeyedRequest request) {
        assertThat(anotherInstance(new RequestCodes(new byte[] {8})).claim(request))
                .isInstanceOf(Claim.Mine.class);
    }

    private ReplyStore anotherInstance(RequestCodes codes) {
        return new ReplyStore(DATABASE, clerk, codes);
    }

    private HeldTicket mine(KeyedRequest request) {
        return switch (replies.claim(request)) {
            case Claim.Mine(var ticket) -> ticket;
            case Claim.Done _, Claim.Underway _, Claim.Another _ -> throw new AssertionError("not to be done now");
        };
    }

    private KeyedRequest request(String key, String body) {
        return new KeyedRequest(act.userId(), "/a", key, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }
}
