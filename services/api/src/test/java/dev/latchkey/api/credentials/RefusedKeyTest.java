package dev.latchkey.api.credentials;

import static dev.latchkey.api.Samples.KEY;
import static dev.latchkey.api.Samples.MORNING;
import static dev.latchkey.api.Samples.credential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.api.Runs;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunStatus;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class RefusedKeyTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-01-02T18:00:00Z");
    private static final UUID USER = UUID.randomUUID();
    private static final UUID CREDENTIAL = UUID.randomUUID();

    private final Credential registered = credential(3);

    @ParameterizedTest
    @EnumSource(
            value = RunStatus.class,
            names = {"FAILED", "REFUSED"})
    void isOnTheReceiptOfARunThatEndedWithIt(RunStatus status) {
        var run = Runs.refused(USER, CREDENTIAL, 3, NOON).setStatus(status).build();

        var refused = RefusedKey.of(run);

        assertThat(refused).hasValue(new RefusedKey(USER, CREDENTIAL, run.getPromptId(), 3, NOON));
        assertThat(refused.map(RefusedKey::act))
                .hasValue(new Act(USER, "agent-worker", run.getPromptId().toString()));
    }

    static Stream<AgentRun.Builder> others() {
        return Stream.of(
                run().setStatus(RunStatus.RETRYING),
                run().setReason(RunReason.CREDENTIAL_UNUSABLE),
                run().setReason(null),
                run().setReceipt(null),
                run().setReceipt(Runs.receipt(null, null, "sk-...wxyz")),
                run().setReceipt(Runs.receipt(CREDENTIAL, 3L, null)),
                run().setReceipt(Runs.receipt(CREDENTIAL, null, "sk-...wxyz")));
    }

    @ParameterizedTest
    @MethodSource("others")
    void isNoneWhereNoUsersKeyWasRefusedInACall(AgentRun.Builder run) {
        assertThat(RefusedKey.of(run.build())).isEmpty();
    }

    @Test
    void isNewsOfTheKeyThatWasCalledWith() {
        var sealedAnew = registered.rewrapped("vault:v2:YW5ldw==", "vault:v1:aG1hYzI=", new Revision(4, NOON));

        assertThat(refused(3, NOON).isNewsOf(registered)).isTrue();
        assertThat(refused(3, NOON).isNewsOf(sealedAnew)).isTrue();
        assertThat(refused(2, NOON).isNewsOf(registered)).isFalse();
        assertThat(refused(3, EVENING).isNewsOf(registered.rotated(KEY, new Revision(4, NOON))))
                .isFalse();
    }

    @Test
    void isNoNewsTwiceAndNoneOfAKeyThatTheProviderAcceptsSince() {
        var marked = registered.refused(new Revision(4, NOON));
        var validated = marked.validated(new Revision(5, EVENING));

        assertThat(refused(3, EVENING).isNewsOf(marked)).isFalse();
        assertThat(refused(3, NOON).isNewsOf(validated)).isFalse();
        assertThat(refused(3, EVENING.plusSeconds(1)).isNewsOf(validated)).isTrue();
    }

    @Test
    void isTakenBackByAValidationAndByAnotherKey() {
        var marked = registered.madeDefault(new Revision(4, MORNING)).refused(new Revision(5, NOON));

        assertThat(marked.times()).isEqualTo(new Times(MORNING, NOON, MORNING, NOON));
        assertThat(marked.standing()).isEqualTo(new Standing(5, 4, 3, true, true));
        assertThat(marked.renamed("gpt-5", new Revision(6, EVENING)).isRefused())
                .isTrue();
        assertThat(marked.validated(new Revision(6, EVENING)).isRefused()).isFalse();
        assertThat(marked.rotated(KEY, new Revision(6, EVENING)).isRefused()).isFalse();
    }

    private RefusedKey refused(long revision, Instant at) {
        return new RefusedKey(registered.userId(), registered.id(), UUID.randomUUID(), revision, at);
    }

    private static AgentRun.Builder run() {
        return Runs.refused(USER, CREDENTIAL, 3, NOON);
    }
}
