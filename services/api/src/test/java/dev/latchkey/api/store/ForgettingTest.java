package dev.latchkey.api.store;

import static dev.latchkey.api.Samples.CLERK;
import static dev.latchkey.api.Samples.prompt;
import static dev.latchkey.api.Samples.registration;
import static dev.latchkey.api.Samples.userDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.api.Postgres;
import dev.latchkey.api.credentials.Act;
import dev.latchkey.api.credentials.Budget;
import dev.latchkey.api.credentials.Credential;
import dev.latchkey.api.credentials.ForgottenUser;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.events.BudgetChanged;
import dev.latchkey.events.CredentialAudited;
import dev.latchkey.events.CredentialChange;
import dev.latchkey.events.CredentialChanged;
import dev.latchkey.events.DataKeyChanged;
import dev.latchkey.sealing.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ForgettingTest {
    private static final Database DATABASE = Database.open(Postgres.emptyDatabase());
    private static final WrappedKey WRAPPED = new WrappedKey("vault:v1:d3JhcHBlZA==", "latchkey-data");

    private final CredentialStore credentials = new CredentialStore(DATABASE, CLERK);
    private final DataKeyStore dataKeys = new DataKeyStore(DATABASE, CLERK);
    private final PromptStore prompts = new PromptStore(DATABASE, CLERK, Duration.ofDays(7));
    private final Forgetting forgetting = new Forgetting(DATABASE, CLERK);
    private final Outbox outbox = new Outbox(DATABASE);
    private final UUID user = UUID.randomUUID();
    private final Act users = new Act(user, "request-1");
    private final Act operators = Act.ofOperator(user, "request-2");

    @BeforeEach
    void clear() {
        outbox.clear();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void wipesTheDataKeyAndEveryCredentialAndTellsTheHistory() {
        dataKeys.keep(user, WRAPPED);
        credentials.register(users, registration("gpt-4o-mini"), Epilogue.none());
        credentials.register(users, registration("gpt-5"), Epilogue.none());

        var done = forgetting.forget(operators);

        assertThat(done).isEqualTo(new Forgetting.Done(true, true, 2));
        assertThat(active(user)).isEmpty();
        assertThat(wipedRows()).containsExactly(3L);
        assertThat(outbox.dataKeys())
                .extracting(DataKeyChanged::getUserId, DataKeyChanged::getWrappedKey)
                .containsExactly(Tuple.tuple(user, WRAPPED.ciphertext()), Tuple.tuple(user, null));
        assertThat(outbox.credentials().subList(2, 4))
                .extracting(CredentialChanged::getRevision, CredentialChanged::getIsActive)
                .containsExactly(Tuple.tuple(3L, false), Tuple.tuple(4L, false));
        assertThat(outbox.history())
                .extracting(CredentialAudited::getSequence, CredentialAudited::getChange, CredentialAudited::getActor)
                .containsExactly(
                        Tuple.tuple(1L, CredentialChange.REGISTERED, user.toString()),
                        Tuple.tuple(2L, CredentialChange.REGISTERED, user.toString()),
                        Tuple.tuple(3L, CredentialChange.DELETED, "operator"),
                        Tuple.tuple(4L, CredentialChange.DELETED, "operator"),
                        Tuple.tuple(5L, CredentialChange.FORGOTTEN, "operator"));
    }

    @Test
    void dropsWhatKafkaCouldNotTakeOfTheUser() {
        credentials.register(users, registration("gpt-4o-mini"), Epilogue.none());
        dataKeys.keep(user, WRAPPED);
        Rejected.everything(DATABASE);

        forgetting.forget(operators);

        assertThat(Rejected.topicsWith(DATABASE, "vault:v1:c2VhbGVk")).isEmpty();
        assertThat(Rejected.topicsWith(DATABASE, WRAPPED.ciphertext())).isEmpty();
    }

    @Test
    void dropsTheRepliesThatWereKeptForRepeatedRequests() {
        var replies = new ReplyStore(DATABASE, CLERK, new RequestCodes("a secret".getBytes(StandardCharsets.UTF_8)));
        var request = new KeyedRequest(user, "/path", "key-1", "body".getBytes(StandardCharsets.UTF_8));
        var first = (Claim.Mine) replies.claim(request);
        first.ticket().close(new Reply(201, "application/json", null, "{}"));

        forgetting.forget(operators);

        assertThat(replies.claim(request)).isInstanceOf(Claim.Mine.class);
    }

    @Test
    void dropsTheBudgetAndTellsThatThereIsNoneAnyMore() {
        var budgets = new BudgetStore(DATABASE, CLERK);
        budgets.set(user, new Budget(100L, null));

        forgetting.forget(operators);
        forgetting.forget(operators);

        assertThat(Postgres.count(DATABASE, "user_budgets WHERE user_id = '" + user + "'"))
                .isZero();
        assertThat(outbox.budgets())
                .extracting(BudgetChanged::getRevision, BudgetChanged::getTokensPerDay)
                .containsExactly(Tuple.tuple(1L, 100L), Tuple.tuple(2L, null));
        assertThatExceptionOfType(ForgottenUser.class).isThrownBy(() -> budgets.set(user, Budget.UNLIMITED));
    }

    @Test
    void onlyTellsAgainOfAUserWhoWasForgotten() {
        forgetting.forget(operators);

        var again = forgetting.forget(operators);

        assertThat(again).isEqualTo(new Forgetting.Done(false, false, 0));
        assertThat(outbox.history()).hasSize(1);
        assertThat(outbox.dataKeys()).hasSize(2).allMatch(event -> event.getWrappedKey() == null);
    }

    @Test
    void takesNothingFromAForgottenUserAnyMore() {
        forgetting.forget(operators);
        outbox.clear();

        for (Runnable change : List.<Runnable>of(
                () -> credentials.register(users, registration("gpt-4o-mini"), Epilogue.none()),
                () -> prompts.submit(user, prompt(userDefault()), Epilogue.none()),
                () -> dataKeys.keep(user, WRAPPED),
                () -> dataKeys.find(user))) {
            assertThatExceptionOfType(ForgottenUser.class).isThrownBy(change::run);
        }

        assertThat(outbox.history()).isEmpty();
        assertThat(outbox.dataKeys()).isEmpty();
        assertThat(outbox.prompts()).isEmpty();
    }

    @Test
    void leavesEverybodyElseAlone() {
        var other = new Act(UUID.randomUUID(), "request-3");
        dataKeys.keep(other.userId(), WRAPPED);
        credentials.register(other, registration("gpt-4o-mini"), Epilogue.none());

        forgetting.forget(operators);

        assertThat(dataKeys.find(other.userId())).isPresent();
        assertThat(active(other.userId())).hasSize(1);
    }

    private static List<Credential> active(UUID userId) {
        return DATABASE.inTransaction(sql -> new CredentialTable(sql).active(userId));
    }

    /** Rows of the user without anything that could be opened: two credentials and a data key. */
    private List<Long> wipedRows() {
        return DATABASE.inTransaction(sql -> sql.list("""
                SELECT (SELECT count(*) FROM user_llm_credentials WHERE user_id = ? AND encrypted_api_key IS NULL)
                     + (SELECT count(*) FROM user_data_keys WHERE user_id = ? AND wrapped_key IS NULL)""", row -> row.getLong(1), user, user));
    }
}
